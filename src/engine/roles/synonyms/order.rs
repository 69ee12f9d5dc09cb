//! Headers of order tables.

use super::{RoleWords, also, shared};
use crate::engine::roles::role::Role;

pub(super) const WORDS: &[RoleWords] = &[
    also(
        Role::OrderedAt,
        &[
            "ordered at|order date|ordered on|order time|order datetime|order timestamp|\
             order created at|order created|order purchase timestamp|date ordered|date of order|\
             purchase date|purchased at|purchased on|date of purchase|invoice date|invoiced at|\
             invoiced on|issuing date|transaction date|transaction time|transaction timestamp|\
             transaction datetime|sale date|sales date|date of sale|sold at|sold on|bestelldatum|\
             bestellt am|bestellzeitpunkt|auftragsdatum|kaufdatum|gekauft am|rechnungsdatum|\
             verkaufsdatum|transaktionsdatum|date de commande|commande le|date de la commande|\
             date d achat|achete le|date de facture|date de facturation|date de vente|\
             date de transaction|fecha de pedido|fecha del pedido|pedido el|fecha de compra|\
             fecha de factura|fecha de venta|fecha de transaccion|data do pedido|data de compra|\
             data da compra|data da fatura|data da venda|data da transacao|data ordine|\
             data dell ordine|ordinato il|data di acquisto|data acquisto|data fattura|data vendita|\
             data transazione|besteldatum|besteld op|orderdatum|aankoopdatum|factuurdatum|\
             verkoopdatum|transactiedatum",
            "paid at|payment date|processed at|paid on|bezahlt am|zahlungsdatum|paye le|\
             date de paiement|pagado el|fecha de pago|pago em|data do pagamento|pagato il|\
             data pagamento|betaald op|betaaldatum",
            "created at|created|created on|created date|date created|creation date|timestamp|\
             datetime|date time|erstellt am|cree le|creado el|criado em|creato il|aangemaakt op",
            "date|datum|fecha|data|day|tag",
        ],
    ),
    also(
        Role::Amount,
        &[
            "order total|order amount|order value|total amount|total price|grand total|total|\
             total paid|amount paid|total sales|invoice amount|invoice total|transaction amount|\
             payment value|purchase amount|sale amount|total amount cents|total excl tax|\
             gesamtbetrag|gesamtsumme|gesamtpreis|bestellwert|auftragswert|rechnungsbetrag|summe|\
             endbetrag|montant total|total commande|total de la commande|prix total|\
             montant de la commande|montant facture|total ttc|total ht|importe total|monto total|\
             total del pedido|precio total|importe del pedido|importe de la factura|valor total|\
             total do pedido|preco total|valor do pedido|valor da fatura|importo totale|totale|\
             totale ordine|prezzo totale|importo ordine|importo fattura|totaalbedrag|totaal|\
             ordertotaal|orderbedrag|totaalprijs|bestelbedrag|factuurbedrag",
            "amount|sales|revenue|net amount|net sales|gross amount|gross sales|net total|spend|\
             umsatz|betrag|nettobetrag|bruttobetrag|verkaufe|montant|chiffre d affaires|\
             montant net|montant brut|ventes|importe|monto|ingresos|ventas|importe neto|valor|\
             receita|vendas|valor liquido|importo|ricavi|vendite|importo netto|bedrag|omzet|\
             nettobedrag|brutobedrag|verkoop",
            "subtotal|price|value|line total|amount spent|zwischensumme|preis|sous total|prix|\
             precio|preco|prezzo|subtotale|subtotaal|prijs",
        ],
    ),
    also(
        Role::Order,
        &[
            "order id|order number|order no|order nr|order|order name|order ref|order reference|\
             order key|invoice no|invoice number|invoice id|invoice|transaction id|\
             transaction number|transaction no|transaction|receipt number|receipt no|receipt id|\
             receipt|sales order number|sales order|sales order id|purchase id|sales document|\
             sales doc|delivery number|delivery no|delivery id|shipment id|shipment number|\
             verkaufsbeleg|liefernummer|lieferscheinnummer|numero de livraison|numero de entrega|\
             numero de albaran|numero di consegna|leveringsnummer|pakbonnummer|purchase order|\
             purchase order id|purchase order number|po number|payment id|bestellnummer|bestell nr|\
             bestellung|auftragsnummer|auftrag|auftrags nr|rechnungsnummer|rechnungs nr|rechnung|\
             belegnummer|numero de commande|n commande|id commande|commande|numero de facture|\
             facture|numero de pedido|id de pedido|pedido|numero del pedido|numero de factura|\
             factura|numero do pedido|id do pedido|numero da fatura|fatura|numero ordine|\
             numero d ordine|id ordine|ordine|numero fattura|fattura|bestelnummer|ordernummer|\
             bestelling|factuurnummer|factuur|transactienummer",
            "id|name|number|reference|nummer|numero",
        ],
    ),
    also(Role::Customer, ORDER_CUSTOMER),
    also(Role::Currency, shared::CURRENCY),
    also(
        Role::CancelledAt,
        &[
            "cancelled at|canceled at|cancelled on|canceled on|cancellation date|\
             order cancelled at|date cancelled|date canceled|voided at|storniert am|\
             stornierungsdatum|annule le|date d annulation|cancelado el|fecha de cancelacion|\
             anulado el|fecha de anulacion|cancelado em|data de cancelamento|annullato il|\
             data di annullamento|data annullamento|geannuleerd op|annuleringsdatum",
        ],
    ),
    also(
        Role::Refunded,
        &[
            "refunded amount|amount refunded|refund amount|refunded|refund|refunds|refund total|\
             erstattet|erstattungsbetrag|erstatteter betrag|ruckerstattung|montant rembourse|\
             rembourse|remboursement|importe reembolsado|reembolsado|reembolso|monto reembolsado|\
             valor reembolsado|importo rimborsato|rimborsato|rimborso|terugbetaald bedrag|\
             terugbetaald|terugbetaling",
        ],
    ),
    also(
        Role::PromisedAt,
        &[
            "promised at|promised date|promised on|promised delivery date|promise date|\
             delivery due date|due date|promise delivery date|confirmed delivery date|\
             confirmed date|latest delivery date|latest ship date|promised ship date|\
             goods issue date planned|faelligkeitsdatum|bestatigtes lieferdatum|\
             expected delivery date|expected delivery|expected at|estimated delivery date|\
             order estimated delivery date|estimated delivery|scheduled delivery date|\
             committed date|commit date|target delivery date|planned delivery date|zugesagt fur|\
             zugesagtes lieferdatum|zugesagt am|liefertermin|solltermin|geplantes lieferdatum|\
             voraussichtliches lieferdatum|date promise|date de livraison promise|\
             date de livraison prevue|livraison prevue|fecha prometida|fecha de entrega prometida|\
             fecha de entrega prevista|entrega prevista|data prometida|data de entrega prometida|\
             data de entrega prevista|data prevista de entrega|data promessa|\
             data di consegna promessa|data di consegna prevista|consegna prevista|\
             beloofde leverdatum|beloofd op|verwachte leverdatum|geplande leverdatum|\
             toegezegde leverdatum",
        ],
    ),
    also(
        Role::RequestedAt,
        &[
            "requested delivery date|requested date|required date|need by date|\
             customer requested date|req delivery date|req deliv date|requested deliv date|\
             requested ship date|wunschtermin|wunschlieferdatum|gewunschtes lieferdatum|\
             date de livraison souhaitee|date souhaitee|date demandee|fecha requerida|\
             fecha solicitada|fecha de entrega solicitada|data solicitada|\
             data de entrega solicitada|data richiesta|data di consegna richiesta|\
             gewenste leverdatum|gevraagde leverdatum",
        ],
    ),
    also(
        Role::Tax,
        &[
            "tax|taxes|tax amount|total tax|order tax|sales tax|vat|vat amount|tax total|item tax|\
             cart tax amount|order tax amount|order total tax amount|steuer|steuern|mehrwertsteuer|\
             mwst|umsatzsteuer|ust|taxe|tva|montant tva|impuesto|impuestos|iva|imposto|impostos|\
             imposta|imposte|btw|belasting",
        ],
    ),
    also(
        Role::Shipping,
        &[
            "shipping|shipping amount|shipping cost|shipping total|shipping price|order shipping|\
             order shipping amount|shipping and handling|freight|freight value|delivery fee|\
             delivery charge|postage|versand|versandkosten|lieferkosten|frais de port|\
             frais de livraison|livraison|gastos de envio|envio|frete|custo de envio|spedizione|\
             spese di spedizione|costi di spedizione|verzendkosten|bezorgkosten",
        ],
    ),
    also(
        Role::DeliveredAt,
        &[
            "delivered at|delivered on|actual goods issue date|actual goods movement date|\
             actual gi date|act gds mvmnt date|act goods mvmnt date|actual gds mvmnt date|\
             wa ist datum|wareneingangsdatum|goods receipt date|proof of delivery date|\
             delivered date|delivery date|date delivered|actual delivery date|actual delivery|\
             order delivered customer date|received at|received date|arrival date|arrived at|\
             completed at|geliefert am|lieferdatum|zugestellt am|zustelldatum|\
             tatsachliches lieferdatum|ausgeliefert am|livre le|date de livraison|\
             date de livraison reelle|date de livraison effective|entregado el|fecha de entrega|\
             fecha de entrega real|entregue em|data de entrega|data da entrega|\
             data de entrega real|consegnato il|data di consegna|data consegna|\
             data di consegna effettiva|geleverd op|leverdatum|afgeleverd op|bezorgd op|\
             werkelijke leverdatum|bezorgdatum",
            "ship date|shipped at|shipped on|shipment date|fulfilled at|dispatch date|\
             dispatched at|versanddatum|versendet am|expedie le|date d expedition|fecha de envio|\
             enviado el|enviado em|data de envio|data di spedizione|spedito il|verzenddatum|\
             verzonden op",
        ],
    ),
    also(Role::Quantity, ORDER_QUANTITY),
    also(
        Role::QuantityDelivered,
        &[
            "quantity delivered|delivered quantity|delivery quantity|received qty|\
             actual quantity delivered|qty delivered|units delivered|quantity received|\
             received quantity|quantity shipped|shipped quantity|qty shipped|\
             gelieferte menge|liefermenge|menge geliefert|quantite livree|quantite recue|\
             cantidad entregada|cantidad recibida|quantidade entregue|quantidade recebida|\
             quantita consegnata|quantita ricevuta|geleverde hoeveelheid|geleverd aantal|\
             aantal geleverd",
        ],
    ),
    also(
        Role::QuantityDefective,
        &[
            "quantity defective|defective quantity|qty defective|rejected quantity|rejected qty|\
             quantity rejected|units rejected|units defective|quantity returned|returned quantity|\
             scrapped quantity|scrapped qty|damaged quantity|fehlerhafte menge|mangelhafte menge|\
             ausschussmenge|menge defekt|quantite defectueuse|quantite rejetee|cantidad defectuosa|\
             cantidad rechazada|quantidade defeituosa|quantidade rejeitada|quantita difettosa|\
             quantita respinta|defecte hoeveelheid|aantal defect|afgekeurd aantal|\
             afgekeurde hoeveelheid",
        ],
    ),
    also(
        Role::Channel,
        &[
            "sales channel|channel|order source|source name|verkaufskanal|vertriebskanal|kanal|\
             canal de vente|canal|canal de venta|canal de vendas|canale di vendita|canale|\
             verkoopkanaal|kanaal",
            "source|store|shop|location",
        ],
    ),
    also(
        Role::Status,
        &[
            "order status|financial status|payment status|status|state|bestellstatus|\
             auftragsstatus|statut de la commande|etat de la commande|statut|etat|estado del pedido|estado|status do pedido|\
             situacao|stato ordine|stato dell ordine|stato|orderstatus|bestelstatus",
        ],
    ),
];

const ORDER_QUANTITY: &[&str] = &[
    "quantity|qty|quantity ordered|auftragsmenge|order quantity|order qty|ordered quantity|\
     item count|number of items|lineitem quantity|menge|bestellmenge|anzahl|stuckzahl|quantite|\
     quantite commandee|nombre d articles|cantidad|cantidad pedida|numero de articulos|quantidade|\
     quantidade pedida|numero de itens|quantita|quantita ordinata|numero articoli|aantal|\
     bestelde hoeveelheid|hoeveelheid|aantal artikelen",
    "items|units|lines",
];

/// Shops know their customers by fewer and other names than billing systems do.
const ORDER_CUSTOMER: &[&str] = &[
    "customer id|customer no|customer number|customer code|customer unique id|customer lago id|\
     customer external id|client id|buyer id|shopper id|account id|account number|kundennummer|\
     kunden id|kunden nr|numero client|numero de client|id client|code client|numero de cliente|\
     numero do cliente|id cliente|id do cliente|id del cliente|codigo de cliente|codigo do cliente|\
     codice cliente|klantnummer|klant id|klantnr",
    "customer|client|account|company|buyer|kunde|kaufer|firma|acheteur|entreprise|cliente|\
     comprador|empresa|acquirente|azienda|klant|koper|bedrijf",
    "user id|member id|customer name|buyer name|company name|account name|kundenname|\
     nom du client|nombre del cliente|nome do cliente|nome cliente|nome del cliente|klantnaam",
    "customer email|email|e mail|email billing|billing email|email address|buyer email|\
     kunden email|email du client|email client|courriel|correo electronico|email del cliente|\
     email do cliente|email cliente|e mail klant|e mail adresse|e mailadres",
];
