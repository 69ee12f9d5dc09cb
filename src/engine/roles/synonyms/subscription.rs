//! Headers of subscription tables.

use super::{RoleWords, also, last, needed, shared};
use crate::engine::roles::role::Role;

pub(super) const WORDS: &[RoleWords] = &[
    needed(Role::Customer, shared::CUSTOMER),
    needed(Role::StartedAt, shared::STARTED),
    needed(
        Role::Amount,
        &[
            "mrr|monthly recurring revenue|mrr amount|subscription mrr|subscriptions mrr",
            "monthly amount|monthly price|\
             monthly fee|monthly revenue|monthly charge|monthly charges|price per month|\
             recurring amount|recurring revenue|subscription amount|plan amount|unit amount|\
             unit price|price per seat|price per unit|amount per month|monatlicher betrag|\
             monatsbetrag|monatspreis|monatliche gebuhr|preis pro monat|abobetrag|\
             montant mensuel|prix mensuel|abonnement mensuel|montant de l abonnement|\
             prix unitaire|importe mensual|precio mensual|cuota mensual|cuota|\
             importe de la suscripcion|precio unitario|valor mensal|preco mensal|mensalidade|\
             valor da assinatura|preco unitario|importo mensile|prezzo mensile|\
             canone mensile|canone|prezzo unitario|importo abbonamento|maandbedrag|\
             maandprijs|bedrag per maand|prijs per maand|abonnementsbedrag|stukprijs|\
             prijs per stuk",
            "amount|price|arr|annual amount|annual recurring revenue|acv|\
             annual contract value|contract value|net amount|amount in cents|amount cents|\
             unit amount cents|unit amount decimal|total contract value|tcv|betrag|preis|\
             vertragswert|nettobetrag|jahresbetrag|jahrespreis|montant|prix|montant ht|\
             montant net|montant annuel|prix annuel|valeur du contrat|valeur totale du contrat|importe|precio|monto|\
             importe neto|importe anual|valor del contrato|valor|preco|montante|\
             valor liquido|valor anual|valor do contrato|importo|prezzo|importo netto|\
             importo annuo|valore del contratto|bedrag|prijs|nettobedrag|jaarbedrag|\
             jaarprijs|contractwaarde",
            "fee|charge|value|rate|cost|total|revenue|umsatz|gebuhr|wert|chiffre d affaires|\
             valeur|ingresos|tarifa|receita|ricavi|valore|tarief|omzet|waarde",
        ],
    ),
    also(Role::EndedAt, shared::ENDED),
    also(Role::SignedAt, shared::SIGNED),
    also(
        Role::CancelRequestedAt,
        &[
            "cancel requested at|cancellation requested at|cancel request date|\
             cancellation request date|cancelation requested at|requested cancellation at|\
             notice given on|notice date|cancellation notice date|date of notice|\
             kundigungseingang|kundigung eingegangen am|kundigung am|\
             kundigung ausgesprochen am|kundigung erklart am|demande de resiliation le|\
             date de demande de resiliation|resiliation demandee le|solicitud de baja|\
             fecha de solicitud de baja|fecha de solicitud de cancelacion|\
             cancelacion solicitada el|data do pedido de cancelamento|\
             cancelamento solicitado em|data solicitacao cancelamento|richiesta di disdetta|\
             data richiesta disdetta|disdetta richiesta il|opzegging ontvangen op|\
             opzegverzoek op|datum opzegverzoek|opzegging aangevraagd op",
        ],
    ),
    // What is left over where another column says when it ended.
    last(
        Role::CancelRequestedAt,
        &[
            "cancelled at|canceled at|cancelled on|canceled on|subscription canceled at|\
             subscription cancelled at|cancel date|cancellation date|date canceled|\
             date cancelled|gekundigt am|kundigungsdatum|date d annulation|annule le|\
             fecha de cancelacion|cancelado el|data de cancelamento|cancelado em|\
             data disdetta|disdetto il|annullato il|opgezegd op|opzegdatum|geannuleerd op",
        ],
    ),
    also(Role::CancellationReason, shared::WHY_LEFT),
    also(
        Role::Interval,
        &[
            // Beside a unit stands how many of it make an interval.
            "billing cycle interval|billing cycle unit|billing interval unit|\
             billing period unit|plan interval unit|plan period unit|recurring interval unit|\
             interval unit",
            "interval|plan interval|billing interval|billing period|billing cycle|\
             billing frequency|payment frequency|recurring interval|\
             price interval|renewal interval|abrechnungsintervall|abrechnungszeitraum|\
             abrechnungsturnus|zahlungsintervall|zahlungsweise|zahlweise|zahlungsrhythmus|\
             abrechnungsrhythmus|turnus|intervall|intervalle|billing interval months|\
             billing period months|billing cycle months|payment terms|\
             periodicite|frequence de facturation|periode de facturation|\
             cycle de facturation|intervalo|periodicidad|frecuencia de facturacion|\
             ciclo de facturacion|periodo de facturacion|periodicidade|\
             frequencia de cobranca|ciclo de cobranca|frequencia de faturamento|\
             intervalo de cobranca|intervallo|periodicita|frequenza di fatturazione|\
             ciclo di fatturazione|periodo di fatturazione|facturatie interval|\
             facturatieperiode|factureringsinterval|betaalfrequentie|betaaltermijn|\
             betaalperiode",
            "frequency|cycle|cadence|billing|term|contract term|period|laufzeit|haufigkeit|\
             frequence|frecuencia|frequencia|frequenza|frequentie|periode|periodo|looptijd|\
             contract",
        ],
    ),
    also(
        Role::IntervalCount,
        &[
            "interval count|plan interval count|billing cycle frequency|plan interval length|\
             billing interval length|plan period|recurring interval count|interval length|\
             billing interval count|anzahl intervalle|intervalle anzahl|nombre d intervalles|\
             numero de intervalos|cantidad de intervalos|numero di intervalli|\
             aantal intervallen",
            "billing interval|billing period|billing cycle|billing frequency",
        ],
    ),
    also(Role::Quantity, shared::QUANTITY),
    also(Role::Plan, shared::PLAN),
    also(
        Role::Status,
        &[
            "subscription status|status|state|abo status|abostatus|vertragsstatus|statut|\
             statut de l abonnement|etat|estado|estado de la suscripcion|\
             status da assinatura|situacao|stato|stato abbonamento|abonnementstatus",
        ],
    ),
    also(Role::Currency, shared::CURRENCY),
    also(
        Role::Subscription,
        &[
            "subscription id|subscription|subscription oid|subscription external id|\
             subscription number|subscription no|contract id|contract number|contract no|\
             agreement id|agreement number|abonummer|abo nummer|abo id|abonnementnummer|\
             vertragsnummer|vertrags id|vertrag|id abonnement|id de l abonnement|\
             numero d abonnement|numero de contrat|abonnement|id de suscripcion|\
             numero de suscripcion|suscripcion|numero de contrato|id da assinatura|\
             numero da assinatura|assinatura|numero do contrato|id abbonamento|\
             numero abbonamento|abbonamento|numero contratto|abonnement id|contractnummer|\
             abonnements id",
            "id|subscription uuid|license id",
        ],
    ),
    also(
        Role::TrialEndsAt,
        &[
            "trial end|trial ends at|trial end date|trial ended at|trial ends on|trial until|\
             end of trial|testphase ende|ende der testphase|probezeit ende|testende|\
             fin de l essai|fin d essai|date de fin d essai|fin de la prueba|\
             fecha fin de prueba|fin del periodo de prueba|fim do teste|\
             fim do periodo de teste|fim do trial|fine prova|fine del periodo di prova|\
             data fine prova|einde proefperiode|einde proef",
        ],
    ),
    also(
        Role::Discount,
        &[
            "discount|discount amount|recurring discount|rabatt|rabattbetrag|nachlass|remise|\
             montant de la remise|reduction|descuento|importe de descuento|desconto|\
             valor do desconto|sconto|importo sconto|korting|kortingsbedrag",
        ],
    ),
    also(
        Role::Tax,
        &[
            "tax|tax amount|vat|vat amount|sales tax|steuer|steuerbetrag|mehrwertsteuer|mwst|\
             ust|umsatzsteuer|taxe|taxes|montant de la taxe|tva|impuesto|impuestos|iva|\
             imposto|impostos|imposta|imposte|importo iva|btw|btw bedrag|belasting",
        ],
    ),
    also(Role::DueAt, &[shared::RENEWAL_DATE]),
];
