//! Components: one public component a file, named like the file.
//!
//! Takes: view models of `present`, and handles of the state. Gives: elements.
//! Never: computes, formats or knows a KPI by its id.
//! Start at [`app::App`].

pub mod account_page;
pub mod accounts_page;
pub mod app;
pub mod ask_card;
pub mod backtest;
pub mod banner;
pub mod by_hand;
pub mod calculators_page;
pub mod calendar_form;
pub mod card_chooser;
mod card_refusal;
pub mod change_line;
pub mod chart_figure;
pub mod check_page;
pub mod choice;
pub mod columns_table;
pub mod control_row;
pub mod customer_groups;
pub mod dashboard_page;
pub mod data_table;
pub mod drop_zone;
pub mod embed_view;
pub mod facts;
pub mod file_button;
pub mod filter_adder;
pub mod health_bar;
pub mod interval_text;
pub mod joins_list;
pub mod kpi_card;
pub mod kpi_page;
pub mod kpi_section;
pub mod ledger_page;
pub mod left_out_table;
pub mod legend;
pub mod mark;
pub mod measures;
pub mod paste_box;
pub mod privacy;
pub mod progress_strip;
pub mod rates_form;
pub mod reading_fields;
pub mod rows_list;
pub mod rules_table;
pub mod samples_list;
pub mod saved_line;
pub mod score_course;
pub mod section;
pub mod sentences;
pub mod settings_list;
pub mod share_page;
pub mod signs;
pub mod spark;
pub mod sql;
pub mod start_page;
pub mod status_line;
pub mod tables_list;
pub mod themes;
pub mod top_bar;
pub mod wanted_form;
pub mod what_if;
pub mod worked_out;
