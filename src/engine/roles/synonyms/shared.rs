//! Headers of roles that several kinds of table have.

/// Who pays or uses. Ids before names, names before addresses.
pub(super) const CUSTOMER: &[&str] = &[
    "customer id|customer oid|customer external id|customer lago id|lago customer id|\
     external customer id|customer no|customer number|customer code|customer key|cust id|\
     cust no|kundennummer|kunden nummer|kunden nr|kundennr|kunden id|kundenkennung|\
     kundencode|numero client|numero de client|numero du client|no client|id client|\
     identifiant client|identifiant du client|code client|ref client|id cliente|\
     id de cliente|id do cliente|id del cliente|numero de cliente|numero do cliente|\
     numero cliente|codigo de cliente|codigo cliente|codigo do cliente|codice cliente|\
     identificativo cliente|klantnummer|klant nummer|klant id|klantcode|klantnr|klant nr",
    "account id|account number|account code|account no|company id|client id|client number|\
     client code|organization id|organisation id|org id|subscriber id|member id|tenant id|\
     workspace id|customer ref|customer reference|debitorennummer|debitor|mandantennummer|\
     mitgliedsnummer|id compte|numero de compte|id entreprise|id cuenta|id de cuenta|\
     numero de cuenta|id empresa|id da empresa|id da conta|numero da conta|id azienda|\
     id account|codice account|accountnummer|bedrijfs id|organisatie id|relatienummer|\
     debiteurnummer",
    "customer|account|company|client|organization|organisation|subscriber|tenant|workspace|\
     kunde|kundin|konto|firma|unternehmen|auftraggeber|abonnent|organisationseinheit|compte|\
     entreprise|societe|abonne|adherent|cliente|cuenta|empresa|suscriptor|abonado|\
     organizacion|conta|assinante|organizacao|azienda|ditta|societa|abbonato|organizzazione|\
     klant|bedrijf|onderneming|organisatie|abonnee|relatie|customers|cust",
    "customer name|account name|company name|client name|organization name|organisation name|\
     kundenname|name des kunden|firmenname|name der firma|unternehmensname|nom client|\
     nom du client|nom de l entreprise|raison sociale|nombre del cliente|nombre de cliente|\
     nombre cliente|nombre de la empresa|razon social|nome do cliente|nome da empresa|\
     razao social|nome cliente|nome del cliente|nome azienda|ragione sociale|klantnaam|\
     naam klant|naam van de klant|bedrijfsnaam|associated company|associated companies|\
     associated company ids|associated company primary",
    "customer email|customer e mail|customer email address|account email|client email|\
     company email|kunden email|kunden e mail|email des kunden|email client|email du client|\
     courriel du client|email cliente|email del cliente|correo del cliente|email do cliente|\
     klant email|e mail klant|email van de klant",
];

pub(super) const CURRENCY: &[&str] = &[
    "currency|currency code|ccy|plan currency|currency iso|currency iso code|amount currency|\
     iso currency|wahrung|waehrung|wahrungscode|devise|monnaie|code devise|moneda|divisa|\
     codigo de moneda|moeda|codigo da moeda|valuta|codice valuta|valutacode|munteenheid|munt",
];

pub(super) const PLAN: &[&str] = &[
    "plan|plan name|plan id|plan oid|plan code|plan nickname|subscription plan|tier|package|\
     subscription type|tarif|tarifname|paket|abo|abonnement typ|offre|formule|forfait|\
     nom du plan|formule d abonnement|tarifa|paquete|nombre del plan|plano|nome do plano|\
     pacote|piano|nome piano|pacchetto|tariffa|pakket|abonnementsvorm|naam van het plan",
    "product|product name|product id|price id|sku|edition|produkt|produktname|produit|\
     nom du produit|producto|nombre del producto|produto|nome do produto|prodotto|\
     nome prodotto|product naam|productnaam|contract|contract type",
];

pub(super) const QUANTITY: &[&str] = &[
    "quantity|qty|seats|number of seats|seat count|subscription quantity|licenses|licences|\
     number of licenses|menge|anzahl|stuckzahl|stuck|platze|lizenzen|quantite|\
     nombre de licences|nombre de sieges|sieges|cantidad|unidades|licencias|puestos|\
     quantidade|licencas|assentos|quantita|licenze|postazioni|aantal|hoeveelheid|licenties|\
     stuks",
    "units|users|user count|number of users|items|item count|nutzer|utilisateurs|usuarios|\
     utenti|gebruikers",
];

pub(super) const MONTH: &[&str] = &[
    "month|date month|revenue month|mrr month|billing month|month start|calendar month|\
     year month|monat|abrechnungsmonat|mois|mois de facturation|mes|mes de facturacion|\
     mes de faturamento|mese|mese di fatturazione|maand|factuurmaand|periode maand",
    "period|month end|reporting month|reporting period|periode|zeitraum|periodo",
    "date|datum|fecha|data",
];

/// When someone became a customer: one list for two roles.
const SINCE: &str = "\
    customer since|original contract date|original start date|data attivazione|aktivierungsdatum|activatiedatum|became customer|client since|member since|subscriber since|signup date|\
    sign up date|signed up|signed up at|signup at|date joined|joined at|joined on|join date|\
    onboarded at|onboarding date|registration date|registered at|registered on|\
    activation date|activated at|activated on|customer start date|start of contract|\
    kunde seit|kundin seit|mitglied seit|registriert am|angemeldet am|registrierungsdatum|\
    anmeldedatum|aktiviert am|client depuis|date d inscription|inscrit le|date d activation|\
    active le|membre depuis|cliente desde|fecha de alta|fecha de registro|\
    fecha de activacion|data de cadastro|data de registro|data de registo|data de ativacao|\
    data de adesao|cliente dal|cliente da|data di registrazione|data di attivazione|\
    data iscrizione|klant sinds|lid sinds|registratiedatum|aanmelddatum|geregistreerd op|\
    first seen|first purchase date";

const STARTS: &str = "\
    started at|started on|start date|subscription started at|subscription start|\
    subscription start date|contract start|contract start date|active from|valid from|\
    effective from|begin date|begins on|startdatum|beginn|vertragsbeginn|vertragsstart|\
    laufzeitbeginn|abobeginn|gestartet am|beginndatum|gultig ab|gultig von|date de debut|\
    date debut|debut|debut du contrat|debut de l abonnement|date de debut de l abonnement|\
    commence le|fecha de inicio|fecha inicio|inicio|inicio del contrato|\
    inicio de la suscripcion|comienza el|data de inicio|data inicio|inicio do contrato|\
    inicio da assinatura|iniciado em|data di inizio|data inizio|inizio|inizio contratto|\
    inizio abbonamento|data di decorrenza|decorrenza|begindatum|ingangsdatum|gestart op|\
    start abonnement|begin contract|startdatum abonnement";
const STARTS_SHORT: &str = "started|start|date start|starts on|starts at|begin";
const STARTS_PERIOD: &str = "\
    service period start|period start|current period start|current period started at|\
    current term started at";
const CREATED: &str = "\
    created at|created|created on|created date|create date|date created|creation date|\
    erstellt am|angelegt am|cree le|date de creation|creado el|fecha de creacion|criado em|\
    data de criacao|creato il|data di creazione|data creazione|aangemaakt op|aanmaakdatum|\
    opened at";
const FROM: &str = "from|von|ab|since|seit|depuis|desde|de|da|dal|van|vanaf|sinds";

/// When a contract or a subscription begins.
pub(super) const STARTED: &[&str] = &[STARTS, STARTS_SHORT, SINCE, STARTS_PERIOD, CREATED, FROM];

/// When someone became a customer.
pub(super) const CUSTOMER_SINCE: &[&str] = &[SINCE, STARTS, STARTS_SHORT, CREATED, FROM];

/// When it ended, or ends.
pub(super) const ENDED: &[&str] = &[
    "ended at|ended on|end date|subscription ended at|subscription end|subscription end date|\
     contract end|contract end date|churned at|churned on|churn date|terminated at|\
     terminated on|termination date|expired at|expired on|active to|active until|valid to|\
     valid until|effective to|effective until|enddatum|ende|vertragsende|laufzeitende|\
     aboende|beendet am|abgewandert am|gultig bis|date de fin|date fin|fin|fin du contrat|\
     fin de l abonnement|termine le|date de resiliation effective|date de depart|\
     fecha de fin|fecha fin|fecha final|fecha de finalizacion|fin del contrato|\
     fin de la suscripcion|finaliza el|fecha de baja|data de termino|data fim|data de fim|\
     fim|fim do contrato|fim da assinatura|encerrado em|data de encerramento|data di fine|\
     data fine|fine|fine contratto|fine abbonamento|data di scadenza|scadenza|terminato il|\
     einddatum|beeindigd op|einde|einde contract|einde abonnement|afgelopen op",
    "ended|end|date end|ends on|ends at|left on|lost on|exit date|left at",
    "expires at|expires on|expiry date|expiration date|ablaufdatum|lauft ab am|\
     date d expiration|expire le|fecha de vencimiento|fecha de caducidad|vence el|\
     data de vencimento|data de expiracao|vervaldatum|verloopt op",
    "cancelled at|canceled at|cancelled on|canceled on|subscription canceled at|\
     subscription cancelled at|cancel date|cancellation date|canceled date|cancelled date|\
     date cancelled|date canceled|gekundigt zum|gekundigt am|kundigungsdatum|kundigung zum|\
     date de resiliation|resilie le|date d annulation|annule le|fecha de cancelacion|\
     cancelado el|data de cancelamento|cancelado em|data di disdetta|data disdetta|\
     disdetto il|data di cancellazione|annullato il|opgezegd op|opzegdatum|geannuleerd op|\
     stopgezet op",
    "service period end|period end",
    "cancelled|canceled|to|until|bis|jusqu au|jusqua|hasta|ate|fino al|al|tot",
];

/// Why a customer left.
pub(super) const WHY_LEFT: &[&str] = &[
    "cancellation reason|cancelation reason|cancel reason|cancel reason code|\
     cancellation reason code|cancellation details reason|cancellation detail reason|\
     churn reason|churn reason category|churn type|churn category|type of churn|\
     reason for churn|reason for cancellation|reason for cancelling|reason for canceling|\
     reason for leaving|reason of cancellation|expiration reason|expiry reason|end reason|\
     termination reason|deactivation reason|loss reason|lost reason|why left|why they left|\
     kundigungsgrund|grund der kundigung|abwanderungsgrund|grund fur kundigung|\
     grund der abwanderung|stornogrund|beendigungsgrund|motif de resiliation|\
     motif d annulation|raison de resiliation|raison du depart|motif de depart|\
     raison de l annulation|type de churn|motif de churn|motivo de cancelacion|\
     motivo de baja|motivo de la baja|razon de cancelacion|razon de baja|tipo de baja|\
     motivo de abandono|motivo do cancelamento|motivo de cancelamento|\
     razao do cancelamento|motivo da saida|motivo do churn|tipo de churn|\
     motivo di cancellazione|motivo della disdetta|motivo disdetta|motivo di disdetta|\
     motivo abbandono|motivo cancellazione|tipo di churn|reden van opzegging|opzegreden|\
     reden opzegging|reden van vertrek|vertrekreden|annuleringsreden",
    "churn reason detail|cancellation feedback|cancellation details feedback",
];

/// When a contract was signed, which may be long before it begins.
pub(super) const SIGNED: &[&str] = &[
    "signed at|signed on|signed date|date signed|signature date|signing date|contract signed|\
     contract signed at|contract signed on|contract signed date|contract signature date|\
     contract date|booking date|booked on|booked at|bookings date|date booked|closed won date|\
     closed won at|won date|won on|won at|unterzeichnet am|unterschrieben am|\
     unterschriftsdatum|datum der unterschrift|vertragsabschluss|vertragsabschluss am|\
     unterzeichnungsdatum|signe le|date de signature|\
     date signature|signature du contrat|contrat signe le|date de commande|firmado el|\
     fecha de firma|firma del contrato|fecha de contratacion|fecha de contrato|assinado em|\
     data de assinatura|data da assinatura|assinatura do contrato|data de contratacao|\
     firmato il|data di firma|data firma|data della firma|sottoscritto il|\
     data di sottoscrizione|data contratto|getekend op|ondertekend op|\
     datum ondertekening|ondertekeningsdatum|datum van ondertekening|contractdatum",
    "close date|closed date|closing date|order date|ordered on|order signed|deal close date|\
     auftragsdatum|bestelldatum|abschlussdatum|abgeschlossen am|fecha de cierre|fecha de pedido|data de fechamento|\
     data do pedido|data di chiusura|data ordine|sluitingsdatum|orderdatum",
];

/// The number of a contract.
pub(super) const CONTRACT: &[&str] = &[
    "contract number|contract no|contract nr|contract id|contract ref|contract reference|\
     contract|agreement number|agreement no|agreement id|agreement|subscription id|\
     subscription number|subscription no|subscription|vertragsnummer|vertragsnr|vertrags nr|\
     vertrag nr|vertrags id|vertrag|abonummer|numero de contrat|numero du contrat|no contrat|\
     n contrat|ref contrat|id contrat|contrat|numero de contrato|n de contrato|no de contrato|\
     num contrato|id contrato|id de contrato|contrato|numero do contrato|n do contrato|\
     id do contrato|numero contratto|numero di contratto|numero del contratto|n contratto|\
     id contratto|contratto|contractnummer|contract nummer|contractnr|contract id nummer",
    "opportunity id|renewal id|deal id|record id|id",
];

/// When a contract comes up for renewal.
pub(super) const RENEWAL_DATE: &str = "due at|renewal date|renewal due date|due for renewal|renewal due|renewal due at|\
     renewal due on|renews on|renews at|next renewal date|contract renewal date|\
     up for renewal|renewal deadline|verlangerungsdatum|verlangerung fallig am|\
     fallig am|fallig zur verlangerung|nachste verlangerung|date de renouvellement|\
     renouvellement le|echeance de renouvellement|date d echeance|echeance|\
     fecha de renovacion|renovacion el|fecha de vencimiento del contrato|\
     data de renovacao|renovacao em|data di rinnovo|data rinnovo|rinnovo il|\
     scadenza del rinnovo|verlengingsdatum|verlengdatum|verlenging op|\
     vernieuwingsdatum";
