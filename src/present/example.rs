//! A small report for the tests of this room.

use super::Reader;
use super::format::Habits;
use crate::engine::kpi::AboutReport;
use crate::engine::options::CardChoice;
use crate::engine::protocol::Preview;
use crate::engine::report::{Finding, Report};
use crate::engine::roles::RoleReport;

pub(crate) struct Example {
    pub(crate) report: Report,
    pub(crate) catalogue: Vec<AboutReport>,
    pub(crate) roles: Vec<RoleReport>,
    pub(crate) previews: Vec<Preview>,
    pub(crate) cards: CardChoice,
    habits: Habits,
}

impl Example {
    pub(crate) fn new() -> Self {
        Self {
            report: serde_json::from_str(REPORT).unwrap(),
            catalogue: serde_json::from_str(CATALOGUE).unwrap(),
            roles: serde_json::from_str(ROLES).unwrap(),
            previews: serde_json::from_str(PREVIEWS).unwrap(),
            cards: CardChoice::default(),
            habits: Habits::new("en", Some("EUR")),
        }
    }

    pub(crate) fn reader(&self) -> Reader<'_> {
        Reader {
            habits: &self.habits,
            catalogue: &self.catalogue,
            roles: &self.roles,
            cards: &self.cards,
        }
    }

    pub(crate) fn finding(&self, place: usize) -> &Finding {
        &self.report.findings[place]
    }
}

pub(crate) fn plain(text: &str) -> String {
    text.replace(['\u{a0}', '\u{202f}'], " ")
}

const PREVIEWS: &str = r#"[{"table":"customers.csv","header":["id","left","plan"],
  "rows":[["C1","03/04/2025","Team"],["C2","07/08/2025","Starter"]],
  "values":[[],[],["Team","Starter"]]}]"#;

const ROLES: &str = r#"[{"id":"customer","name":"Customer","kinds":[]},
  {"id":"ended_at","name":"End","kinds":["account"]},
  {"id":"score","name":"Response score","kinds":["survey"]}]"#;

const CATALOGUE: &str = r#"[
 {"id":"alpha","edition":1,"name":"Customer churn","family":"retention","question":"Who left?",
  "definition":"Customers at the start who were gone at the end.","formula":"lost ÷ at start",
  "unit":"ratio","better":"lower","needs":[{"kind":"account","roles":["customer","ended_at"]}],
  "variants":[{"id":"standard","name":"Lost in the period","rule":"Lost between the ends.","source":"Own.","default":true},
              {"id":"average","name":"Average base","rule":"Lost over the mean of both ends.","source":"Own.","default":false}],
  "settings":[],"parts":[{"name":"numerator","unit":"count","says":"Customers lost."},
                         {"name":"denominator","unit":"count","says":"Customers at the start."}],
  "limits":["Why they left."]},
 {"id":"beta","edition":1,"name":"Recurring revenue","short":"RR","family":"revenue","question":"How much?",
  "definition":"Sum.","formula":"sum","unit":"money","better":"higher","needs":[],
  "variants":[{"id":"standard","name":"At the end","rule":"Active at the end.","source":"Own.","default":true}],
  "settings":[],"parts":[],"limits":[]},
 {"id":"gamma","edition":1,"name":"Churn of few","family":"retention","question":"Who left?",
  "definition":"Few.","formula":"lost ÷ at start","unit":"ratio","better":"lower","needs":[],
  "variants":[],"settings":[],"parts":[],"limits":[]}]"#;

const REPORT: &str = r#"{"schema":1,"kept":"0.1.0","as_of":"2026-11-18","timezone":"UTC","currency":"EUR",
 "tables":[{"name":"customers.csv","kind":"account",
   "dialect":{"encoding":"utf-8","delimiter":",","header_rows":1},
   "rows":{"read":640,"used":600,"left_out":[{"reason":"duplicate","count":38},{"reason":"odd_thing","count":2}]},
   "columns":[
     {"name":"id","role":"customer","type":"text","confidence":0.98,"because":"350 different values","format":null,"empty":0},
     {"name":"left","role":"ended_at","type":"date","confidence":0.7,"because":"Day or month first cannot be told","format":null,"empty":3},
     {"name":"plan","role":null,"type":"text","confidence":0.8,"because":"2 values","format":null,"empty":0,"distinct":2}],
   "questions":[{"code":"date_order","column":"left","choices":["day_first","month_first"],"count":600,
     "asks":"Is 03/04/2025 the third of April or the fourth of March?","because":"All dates work both ways.","affects":["alpha","gamma"]}]}],
 "findings":[
  {"kpi":"alpha","variant":"standard","edition":1,"table":"customers.csv","status":"ok","unit":"ratio","value":0.0408,"n":245,
   "interval":{"low":0.0223,"high":0.0734,"level":0.95,"method":"Wilson score"},
   "parts":{"numerator":10,"denominator":245},"period":{"start":"2026-07-01","end":"2026-10-01"},
   "previous":{"value":0.0173,"n":231,"period":{"start":"2026-04-01","end":"2026-07-01"},"change":0.0235,
     "change_interval":[-0.009,0.058],"p_value":0.143,"test":"two-proportion z test, pooled","verdict":"could_be_noise"},
   "series":[{"start":"2026-04-01","value":0.0173,"n":231,"low":0.006,"high":0.043,"partial":false},
             {"start":"2026-07-01","value":0.0408,"n":245,"low":0.0223,"high":0.0734,"partial":false},
             {"start":"2026-10-01","value":0.008,"n":253,"low":0.002,"high":0.028,"partial":true}],
   "segments":[{"by":"plan","test":"Welch's t test","is":"Team","value":0.01,"n":103,"low":0.001,"high":0.052},
               {"by":"plan","test":"Welch's t test","is":"Starter","value":0.095,"n":95,"low":0.05,"high":0.17},
               {"by":"plan","test":"Welch's t test","is":"","value":null,"n":0,"low":null,"high":null}],
   "variants":[{"variant":"standard","value":0.0408},{"variant":"average","value":0.0402}],
   "target":{"value":0.03,"met":null},"benchmarks":[],"left_out":[{"reason":"customer_missing","count":3}],"chart":null},
  {"kpi":"beta","variant":"standard","edition":1,"table":"customers.csv","status":"ok","unit":"money","value":356620.0,"n":253,
   "interval":null,"parts":{},"period":{"start":"2026-07-01","end":"2026-10-01"},
   "previous":{"value":320880.0,"n":245,"period":{"start":"2026-04-01","end":"2026-07-01"},"change":35740.0,"p_value":null,"verdict":"real"},
   "series":[],"segments":[],"variants":[],"target":null,"benchmarks":[],"left_out":[],
   "chart":{"title":"Recurring revenue","plot":{"waterfall":{"unit":"money","steps":[
     {"label":"Opening","amount":320880,"total":true},{"label":"New","amount":35740,"total":false},{"label":"Closing","amount":356620,"total":true}]}}}},
  {"kpi":"gamma","variant":"standard","edition":1,"table":"customers.csv","status":"refused",
   "refusal":{"code":"too_few","message":"Too few customers: 7. One loss would read as 14%.","hint":"Choose a longer period."},
   "unit":"ratio","value":null,"n":7,"interval":null,"parts":{},"period":null,"previous":null,
   "series":[],"segments":[],"variants":[],"target":null,"benchmarks":[],"left_out":[],"chart":null}],
 "accounts":[],"notes":[{"code":"amount_taken_as_monthly","table":"customers.csv","effect":"The amount was taken as monthly."}]}"#;
