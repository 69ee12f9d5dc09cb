//! Worked examples of the health score.

use crate::engine::kpi::prelude::*;

/// From pasted cells to the figure.
pub const EXAMPLES: &[Example] = &[
    Example {
        name: "a_score_without_any_setting",
        pasted: "customer,logins,open tickets\nAcme,0,9\nBirch,10,4\nCedar,20,3\nDelta,30,2\nElm,1000,0\n",
        options: "",
        gives: Gives::Value(
            50.0,
            &[
                ("accounts", 5.0),
                ("scored", 5.0),
                ("red", 3.0),
                ("yellow", 0.0),
                ("green", 2.0),
                ("coverage", 1.0),
            ],
        ),
    },
    Example {
        name: "a_score_from_typed_points_and_weights",
        pasted: "points 1,weight 1,points 2,weight 2,points 3,weight 3,points 4,weight 4\n83,7,71,5,78,8,54,3\n",
        options: r#"{"mapping":{"pasted":{"kind":"aggregate"}}}"#,
        gives: Gives::Value(
            1722.0 / 23.0,
            &[("numerator", 1722.0), ("denominator", 23.0)],
        ),
    },
    Example {
        name: "components_with_typed_points_and_weights",
        pasted: "points 1,weight 1,points 2,weight 2\n60,3,100,1\n",
        options: r#"{"mapping":{"pasted":{"kind":"aggregate"}},"variants":{"customer_health_score":"components"}}"#,
        gives: Gives::Value(70.0, &[]),
    },
    Example {
        name: "groups_weigh_first_and_measures_within_them",
        pasted: "customer,usage,logins,sessions\nAcme,80,40,100\n",
        options: r#"{"settings":{"customer_health_score.measures":[
            {"column":"usage","line":[[0,0],[100,100]],"weight":3,"group":"Use"},
            {"column":"logins","line":[[0,0],[100,100]],"weight":1,"group":"Use"},
            {"column":"sessions","line":[[0,0],[100,100]],"group":"Depth"}],
            "customer_health_score.groups":{"Use":3,"Depth":1}}}"#,
        gives: Gives::Value(77.5, &[("green", 1.0)]),
    },
    Example {
        name: "inside_a_component_all_weigh_the_same",
        pasted: "customer,usage,logins,sessions\nAcme,80,40,100\n",
        options: r#"{"variants":{"customer_health_score":"components"},
            "settings":{"customer_health_score.measures":[
            {"column":"usage","line":[[0,0],[100,100]],"weight":3,"group":"Use"},
            {"column":"logins","line":[[0,0],[100,100]],"weight":1,"group":"Use"},
            {"column":"sessions","line":[[0,0],[100,100]],"group":"Depth"}],
            "customer_health_score.groups":{"Use":3,"Depth":1}}}"#,
        gives: Gives::Value(70.0, &[("yellow", 1.0)]),
    },
    Example {
        name: "healthy_concerning_and_poor_with_one_ignored",
        pasted: "customer,usage,logins,sessions,adoption\nAcme,80,60,20,\n",
        options: r#"{"variants":{"customer_health_score":"three_levels"},
            "settings":{"customer_health_score.measures":[
            {"column":"usage","line":[[0,0],[100,100]]},
            {"column":"logins","line":[[0,0],[100,100]]},
            {"column":"sessions","line":[[0,0],[100,100]]},
            {"column":"adoption","line":[[0,0],[100,100]]}]}}"#,
        gives: Gives::Value(50.0, &[("red", 1.0)]),
    },
    Example {
        name: "a_pulse_older_than_90_days_is_dropped",
        pasted: "customer,usage,pulse,pulse date\nAcme,80,20,2025-01-10\nBirch,80,20,2025-05-20\n",
        options: r#"{"as_of":"2025-06-30","variants":{"customer_health_score":"fresh_only"},
            "settings":{"customer_health_score.measures":[
            {"column":"usage","line":[[0,0],[100,100]]},
            {"column":"pulse","line":[[0,0],[100,100]]}]}}"#,
        gives: Gives::Value(65.0, &[("coverage", 0.75)]),
    },
    Example {
        name: "accounts_with_too_few_measures_have_no_score",
        pasted: "customer,logins,open tickets,days since last login\nAcme,10,4,\nBirch,,,30\nCedar,20,2,10\nDelta,30,0,0\n",
        options: r#"{"settings":{"customer_health_score.missing":"zero"}}"#,
        gives: Gives::Value(
            (0.0 + (50.0 + 50.0 + 200.0 / 3.0) / 3.0 + 100.0) / 3.0,
            &[("scored", 3.0), ("withheld", 1.0)],
        ),
    },
    Example {
        name: "a_flag_keeps_the_score_low",
        pasted: "customer,usage,sponsor left\nAcme,90,yes\nBirch,90,no\n",
        options: r#"{"settings":{
            "customer_health_score.measures":[{"column":"usage","line":[[0,0],[100,100]]}],
            "customer_health_score.overrides":[{"column":"sponsor left","is":["yes"],"at_most":30}]}}"#,
        gives: Gives::Value(60.0, &[("red", 1.0), ("green", 1.0)]),
    },
    Example {
        name: "two_of_five_are_healthy",
        pasted: "customer,logins,open tickets\nAcme,0,9\nBirch,10,4\nCedar,20,3\nDelta,30,2\nElm,1000,0\n",
        options: r#"{"variants":{"customer_health_score":"share_healthy"}}"#,
        gives: Gives::Value(0.4, &[("green", 2.0), ("scored", 5.0)]),
    },
    Example {
        name: "a_typed_share_of_healthy_accounts",
        pasted: "green,scored\n30,40\n",
        options: r#"{"mapping":{"pasted":{"kind":"aggregate"}},"variants":{"customer_health_score":"share_healthy"}}"#,
        gives: Gives::Value(0.75, &[]),
    },
    Example {
        name: "measures_that_tell_no_account_from_another_are_refused",
        pasted: "customer,logins,open tickets\nAcme,5,1\nBirch,5,1\n",
        options: "",
        gives: Gives::Refusal("measures_constant"),
    },
    Example {
        name: "weights_of_nothing_are_refused",
        pasted: "customer,logins,open tickets\nAcme,5,1\nBirch,6,0\n",
        options: r#"{"settings":{"customer_health_score.weights":{"logins":0,"open tickets":0}}}"#,
        gives: Gives::Refusal("weights_zero"),
    },
    Example {
        name: "without_a_measure_there_is_no_score",
        pasted: "customer,mrr\nAcme,500\nBirch,600\n",
        options: r#"{"kpis":["customer_health_score"]}"#,
        gives: Gives::Refusal("no_measures"),
    },
];
