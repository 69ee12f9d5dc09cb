//! Headers of tables of monthly revenue, of its changes, and of renewals.

use super::{RoleWords, also, needed, shared};
use crate::engine::roles::role::Role;

pub(super) const MONTHS: &[RoleWords] = &[
    needed(Role::Customer, shared::CUSTOMER),
    needed(Role::Month, shared::MONTH),
    needed(
        Role::RecurringRevenue,
        &[
            "recurring revenue|mrr|monthly recurring revenue|mrr amount|monthly revenue|\
             recurring amount|mrr eur|mrr usd|mrr gbp|mrr in cents|monthly mrr|\
             wiederkehrender umsatz|monatsumsatz|monatlicher umsatz|\
             wiederkehrender monatsumsatz|revenu recurrent|revenu mensuel|\
             revenu mensuel recurrent|chiffre d affaires mensuel|ingresos recurrentes|\
             ingreso recurrente|ingreso mensual|ingresos mensuales|\
             ingresos mensuales recurrentes|receita recorrente|receita mensal|\
             receita mensal recorrente|ricavi ricorrenti|ricavo mensile|ricavi mensili|\
             ricavo mensile ricorrente|terugkerende omzet|maandomzet|maandelijkse omzet|\
             maandelijks terugkerende omzet",
            "revenue|monthly amount|umsatz|chiffre d affaires|revenu|ingresos|ingreso|\
             receita|faturamento|ricavi|ricavo|fatturato|omzet",
            "amount|value|betrag|montant|importe|monto|valor|importo|bedrag",
        ],
    ),
    also(Role::Currency, shared::CURRENCY),
    also(Role::Plan, shared::PLAN),
];

pub(super) const MOVEMENTS: &[RoleWords] = &[
    needed(Role::Customer, shared::CUSTOMER),
    needed(
        Role::OccurredAt,
        &[
            "occurred at|movement date|movement at|change date|changed at|changed on|\
             effective date|effective at|event date|event timestamp|local event timestamp|\
             event at|date of change|happened at|anderungsdatum|geandert am|\
             datum der anderung|wirksam ab|wirksam am|date du mouvement|date du changement|\
             date de changement|date d effet|fecha del movimiento|fecha del cambio|\
             fecha de cambio|fecha efectiva|data do movimento|data da mudanca|\
             data da alteracao|data efetiva|data del movimento|data della variazione|\
             data variazione|data di effetto|mutatiedatum|wijzigingsdatum|datum mutatie|\
             ingangsdatum",
            "date|month|timestamp|datum|monat|mois|fecha|mes|data|mese|maand|period|created at",
        ],
    ),
    needed(
        Role::Movement,
        &[
            "movement|movement type|mrr movement|mrr movement type|revenue movement|\
             change type|type of change|type of movement|mrr change type|mrr type|\
             change category|bewegung|bewegungsart|art der bewegung|anderungsart|\
             art der anderung|mouvement|type de mouvement|type de changement|movimiento|\
             tipo de movimiento|tipo de cambio de mrr|tipo de cambio|movimento|\
             tipo de movimento|tipo de alteracao|tipo di movimento|tipo movimento|\
             tipo di variazione|mutatie|type mutatie|soort mutatie|soort wijziging|\
             mutatietype",
            "type|category|change|event type|event|art|typ|tipo|soort",
        ],
    ),
    needed(
        Role::Amount,
        &[
            "amount|mrr change|mrr movement|mrr amount|change in mrr|mrr delta|mrr difference|\
             mrr movement amount|movement amount|amount of change|delta|mrr change amount|\
             change amount|net change|anderungsbetrag|betrag der anderung|mrr anderung|\
             betrag|veranderung|montant|montant du mouvement|variation de mrr|variation mrr|\
             ecart|importe|monto|importe del cambio|cambio de mrr|variacion de mrr|valor|\
             valor da mudanca|mudanca de mrr|variacao de mrr|importo|\
             importo della variazione|variazione mrr|variazione di mrr|bedrag|\
             bedrag van de wijziging|mrr wijziging|mrr mutatie",
            "mrr|value|recurring revenue|monthly recurring revenue",
        ],
    ),
    also(Role::Currency, shared::CURRENCY),
    also(Role::Plan, shared::PLAN),
];

pub(super) const RENEWALS: &[RoleWords] = &[
    needed(Role::Customer, shared::CUSTOMER),
    needed(
        Role::DueAt,
        &[
            shared::RENEWAL_DATE,
            "due date|due on|expiration date|contract end date|contract end|expiry date|\
             end date|target date|falligkeit|vertragsende|fecha de vencimiento|\
             data de vencimento|data di scadenza|scadenza|vervaldatum|einddatum contract",
        ],
    ),
    also(
        Role::AmountDue,
        &[
            "amount due|renewal amount due|due amount|amount up for renewal|\
             amount due for renewal|target amount|prior contract amount|prior contract value|\
             previous contract amount|previous contract value|prior acv|previous acv|renewable amount|renewable arr|\
             arr up for renewal|acv up for renewal|mrr up for renewal|value up for renewal|arr due|mrr due|renewal base|value due|due arr|prior amount|\
             previous amount|expiring amount|expiring arr|falliger betrag|\
             zu verlangernder betrag|betrag fallig|montant a renouveler|montant du|\
             montant echu|importe a renovar|importe por renovar|monto a renovar|\
             valor a renovar|valor devido|importo da rinnovare|importo dovuto|\
             importo in scadenza|te verlengen bedrag|bedrag te verlengen|verschuldigd bedrag",
            "contract value|arr|acv|current arr|renewal amount|previous arr|prior arr|\
             annual value|vertragswert|valeur du contrat|valor del contrato|\
             valor do contrato|valore del contratto|contractwaarde",
        ],
    ),
    needed(
        Role::Outcome,
        &[
            "outcome|renewal outcome|renewal status|renewal result|renewed|is renewed|\
             renewal stage|renewal decision|renewal state|verlangert|verlangerungsstatus|\
             verlangerungsergebnis|verlangerung|renouvele|statut du renouvellement|\
             resultat du renouvellement|renouvellement|renovado|estado de renovacion|\
             estado de la renovacion|resultado de la renovacion|renovacion|\
             status da renovacao|resultado da renovacao|renovacao|rinnovato|\
             stato del rinnovo|stato rinnovo|esito del rinnovo|esito|rinnovo|verlengd|\
             verlengingsstatus|verlengstatus|resultaat verlenging|verlenging",
            "result|stage|status|decision|forecast category|ergebnis|resultat|resultado|\
             resultaat|statut|estado|stato",
        ],
    ),
    also(
        Role::AmountRenewed,
        &[
            "amount renewed|renewed amount|renewal amount|renewed arr|arr renewed|renewed acv|acv renewed|renewed mrr|mrr renewed|\
             renewed value|value renewed|renewal value|renewal arr|closed amount|new amount|\
             new arr|new acv|new value|new contract value|new contract amount|booked amount|\
             booked arr|booked value|neuer betrag|neuer vertragswert|nouveau montant|\
             nuevo importe|novo valor|nuovo importo|nieuw bedrag|verlangerter betrag|betrag verlangert|montant renouvele|\
             importe renovado|monto renovado|valor renovado|importo rinnovato|\
             verlengd bedrag|bedrag verlengd",
        ],
    ),
    also(
        Role::ClosedAt,
        &[
            "closed at|closed on|close date|closed date|decision date|decided at|decided on|\
             renewed at|renewed on|date renewed|renewal closed at|abgeschlossen am|\
             entschieden am|verlangert am|abschlussdatum|date de cloture|date de decision|\
             renouvele le|fecha de cierre|fecha de decision|renovado el|data de fechamento|\
             data da decisao|renovado em|data di chiusura|data decisione|rinnovato il|\
             sluitingsdatum|besluitdatum|verlengd op",
        ],
    ),
    also(
        Role::TermMonths,
        &[
            "term months|term in months|contract term months|contract length months|\
             contract months|renewal term months|months of term|contract duration months|\
             laufzeit in monaten|laufzeit monate|vertragslaufzeit in monaten|duree en mois|\
             duree du contrat en mois|duracion en meses|duracion meses|plazo en meses|\
             duracao em meses|prazo em meses|durata in mesi|durata mesi|looptijd in maanden|\
             looptijd maanden|contractduur in maanden",
            "term|contract term|contract length|laufzeit|vertragslaufzeit|duree|\
             duree du contrat|duracion|plazo|duracao|prazo|durata|looptijd|contractduur",
        ],
    ),
    also(Role::Subscription, shared::CONTRACT),
    also(Role::SignedAt, shared::SIGNED),
    also(Role::Currency, shared::CURRENCY),
    also(Role::Plan, shared::PLAN),
];
