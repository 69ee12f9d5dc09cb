//! Headers of lists of customers.

use super::{RoleWords, also, needed, shared};
use crate::engine::roles::measures;
use crate::engine::roles::role::Role;

pub(super) const WORDS: &[RoleWords] = &[
    needed(Role::Customer, shared::CUSTOMER),
    also(
        Role::Churned,
        &[
            "churned|churn|is churned|is churn|has churned|churn label|churn value|\
             churn flag|churn status|churn yn|churn indicator|attrition|attrition flag|\
             attrited|exited|abgewandert|gekundigt|ist gekundigt|kundigung|verloren|\
             abwanderung|churn oui non|resilie|est resilie|attrition client|parti|perdu|\
             desabonne|abandono|ha abandonado|dado de baja|baja|perdido|cancelou|evadiu|\
             evasao|cliente perdido|abbandono|ha abbandonato|disdetto|perso|opgezegd|\
             is opgezegd|vertrokken|verloren klant|verloop",
            "customer status|account status|left|lost|cancelled|canceled|is cancelled|\
             is canceled|is active|kundenstatus|statut client|statut du client|\
             estado del cliente|status do cliente|stato cliente|stato del cliente|klantstatus",
            "status|stato|statut",
        ],
    ),
    also(Role::CancellationReason, shared::WHY_LEFT),
    also(
        Role::TenureMonths,
        &[
            "tenure months|tenure in months|tenure|months on book|account length|\
             months active|customer tenure|months as customer|tenure month|\
             customer age months|lifetime months|monate als kunde|kundendauer|\
             kundendauer in monaten|vertragsdauer in monaten|anciennete|anciennete en mois|\
             mois d anciennete|antiguedad|antiguedad en meses|meses como cliente|antiguidade|\
             tempo de casa|meses como cliente ativo|tempo como cliente|anzianita|\
             anzianita in mesi|mesi come cliente|maanden klant|klantduur|\
             klantduur in maanden|looptijd als klant",
        ],
    ),
    also(Role::StartedAt, shared::CUSTOMER_SINCE),
    also(Role::EndedAt, shared::ENDED),
    also(
        Role::RecurringRevenue,
        &[
            "recurring revenue|mrr|current mrr|monthly recurring revenue|monthly charges|\
             monthly charge|monthly revenue|monthly amount|monthly fee|customer mrr|\
             account mrr|mrr amount|monatsumsatz|monatlicher umsatz|monatliche gebuhr|\
             revenu mensuel|revenu recurrent|ingreso mensual|ingresos mensuales|\
             ingreso recurrente|cuota mensual|receita mensal|receita recorrente|mensalidade|\
             ricavo mensile|ricavo ricorrente|canone mensile|maandomzet|maandbedrag|\
             terugkerende omzet",
        ],
    ),
    also(
        Role::TrialStartedAt,
        &[
            "trial started at|trial start|trial start date|trial began|trial began at|\
             free trial started at|trial started|trial started on|testphase beginn|\
             testbeginn|test gestartet am|probezeit beginn|debut d essai|debut de l essai|\
             essai commence le|date de debut d essai|inicio de prueba|inicio de la prueba|\
             fecha de inicio de prueba|inicio do teste|inicio do trial|\
             data de inicio do teste|inizio prova|inizio della prova|data inizio prova|\
             start proef|start proefperiode|proef gestart op|begin proefperiode",
        ],
    ),
    also(
        Role::PaidAt,
        &[
            "paid at|first paid at|first payment at|first payment date|first payment|\
             converted at|converted on|conversion date|became paying|paying since|paid since|\
             subscribed at|first invoice paid at|erste zahlung|erste zahlung am|bezahlt seit|\
             erstmals bezahlt am|zahlend seit|premier paiement|date du premier paiement|\
             paye depuis|converti le|primer pago|fecha del primer pago|convertido el|\
             primeiro pagamento|data do primeiro pagamento|convertido em|primo pagamento|\
             data del primo pagamento|convertito il|eerste betaling|datum eerste betaling|\
             betaald sinds",
        ],
    ),
    also(
        Role::ValueAt,
        &[
            "value at|first value at|first value date|first value|time of first value|\
             reached value at|activated value at|aha at|aha moment at|go live date|go live|\
             live at|went live at|went live on|first success at|erster nutzen am|\
             erster wert am|produktivstart|live seit|live gang|premiere valeur|\
             premiere valeur le|mise en service|mise en production|date de mise en service|\
             primer valor|fecha de primer valor|puesta en marcha|fecha de puesta en marcha|\
             primeiro valor|data do primeiro valor|entrada em operacao|primo valore|\
             data primo valore|messa in esercizio|go live il|eerste waarde|\
             datum eerste waarde|live sinds|livegang",
        ],
    ),
    also(
        Role::New,
        &[
            "new|is new|new customer|is new customer|new account|new logo|new this period|\
             neu|neukunde|ist neu|ist neukunde|nouveau|nouveau client|est nouveau|nuevo|\
             cliente nuevo|nuevo cliente|es nuevo|novo|cliente novo|novo cliente|e novo|\
             nuovo|nuovo cliente|cliente nuovo|nieuw|nieuwe klant|is nieuw",
        ],
    ),
    also(
        Role::GoalsSet,
        &[
            "goals set|goals|number of goals|goals agreed|objectives set|objectives|\
             success criteria|outcomes agreed|ziele|gesetzte ziele|vereinbarte ziele|objectifs|\
             objectifs fixes|objetivos|objetivos fijados|metas|metas definidas|\
             objetivos definidos|obiettivi|obiettivi fissati|doelen|doelen gesteld|\
             gestelde doelen",
        ],
    ),
    also(
        Role::GoalsMet,
        &[
            "goals met|goals reached|goals achieved|goal met|goal achieved|goal reached|\
             objectives met|objectives achieved|outcomes achieved|success criteria met|\
             erreichte ziele|ziele erreicht|ziel erreicht|objectifs atteints|objectif atteint|\
             objetivos cumplidos|objetivos alcanzados|metas atingidas|objetivos atingidos|\
             obiettivi raggiunti|obiettivo raggiunto|doelen behaald|behaalde doelen|doel behaald",
        ],
    ),
    also(
        Role::Benefit,
        &[
            "benefit|customer benefit|value delivered|value realized|value realised|\
             realized value|savings|customer savings|benefit to customer|gain|nutzen|\
             kundennutzen|einsparung|einsparungen|benefice client|gain client|economies|\
             economies realisees|beneficio|beneficio del cliente|ahorro|ahorros|\
             beneficio do cliente|economia|economias|beneficio cliente|risparmio|risparmi|\
             voordeel|besparing|besparingen|klantvoordeel",
        ],
    ),
    also(
        Role::Price,
        &[
            "price paid|paid price|total paid|amount paid|contract value|investment|annual price|\
             price|preis|gezahlter preis|vertragswert|prix|prix paye|precio|precio pagado|preco|\
             preco pago|prezzo|prezzo pagato|prijs|betaalde prijs",
        ],
    ),
    also(Role::Plan, shared::PLAN),
    also(Role::Currency, shared::CURRENCY),
    also(
        Role::Segment,
        &[
            "segment|customer segment|account segment|kundensegment|segment client|segmento|\
             segmento de cliente|segmento cliente|klantsegment",
        ],
    ),
    also(
        Role::Referrals,
        &[
            "referrals|referral count|number of referrals|referrals made|referred customers|\
             referred|has referred|referred someone|referred a friend|recommended us|\
             reviews written|reviews posted|public reviews|advocacy actions|empfehlungen|\
             anzahl empfehlungen|hat empfohlen|geworbene kunden|parrainages|\
             nombre de parrainages|clients parraines|a parraine|referidos|\
             numero de referidos|ha referido|indicacoes|numero de indicacoes|indicou|\
             segnalazioni|numero di segnalazioni|clienti segnalati|aanbevelingen gedaan|\
             aantal aanbevelingen|doorverwijzingen",
        ],
    ),
    also(
        Role::Measure,
        &[measures::MORE_IS_BETTER, measures::LESS_IS_BETTER],
    ),
    also(Role::DueAt, &[shared::RENEWAL_DATE]),
    also(Role::Pulse, &[measures::PULSE]),
    also(Role::LastActiveAt, &[measures::LAST_ACTIVE]),
    also(Role::SeatsUsed, &[measures::SEATS_USED]),
    also(Role::SeatsPaid, &[measures::SEATS_PAID]),
];
