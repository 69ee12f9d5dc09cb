//! Headers of tables of spending, and of visits and purchases.

use super::{RoleWords, also, needed, shared};
use crate::engine::roles::role::Role;

pub(super) const SPEND: &[RoleWords] = &[
    also(
        Role::OccurredAt,
        &[
            "spend date|date of spend|expense date|cost date|ausgabedatum|date de depense|\
             fecha de gasto|data da despesa|data della spesa|uitgavedatum",
            "date|day|datum|tag|jour|fecha|dia|data|giorno|dag|occurred at|week|week of|\
             week starting|woche|semaine|semana|settimana",
        ],
    ),
    also(Role::Month, shared::MONTH),
    needed(
        Role::Amount,
        &[
            "spend|ad spend|marketing spend|advertising spend|total spend|spend amount|\
             sales and marketing spend|sales marketing spend|marketing cost|marketing costs|\
             sales and marketing cost|advertising cost|ad cost|amount spent|campaign cost|\
             campaign spend|marketing expense|expenses|expense|expenditure|media cost|\
             acquisition cost|ausgaben|marketingausgaben|werbeausgaben|marketingkosten|\
             werbekosten|vertriebskosten|aufwendungen|depense|depenses|depenses marketing|\
             depense publicitaire|depenses publicitaires|cout marketing|couts marketing|\
             gasto|gastos|gasto en marketing|gasto de marketing|gastos de marketing|\
             gasto publicitario|inversion publicitaria|coste de marketing|despesa|despesas|\
             gasto com marketing|despesas de marketing|custo de marketing|\
             investimento em marketing|spesa|spese|spesa marketing|spese di marketing|\
             spesa pubblicitaria|costi di marketing|costo marketing|uitgaven|\
             marketinguitgaven|advertentie uitgaven|marketingkosten totaal|advertentiekosten|\
             mediakosten|sales spend|sales cost|sales costs|sales expense|sales expenses|\
             vertriebsausgaben|depenses commerciales|frais commerciaux|gasto en ventas|\
             gastos de ventas|gasto comercial|gastos comerciales|gasto com vendas|\
             despesas de vendas|despesas comerciais|spese di vendita|spese commerciali|\
             verkoopuitgaven|sales uitgaven",
            "cost|costs|kosten|cout|couts|coste|costes|costo|costi|custo|custos",
            "amount|total|value|betrag|montant|importe|monto|valor|importo|bedrag",
        ],
    ),
    also(
        Role::Channel,
        &[
            "channel|marketing channel|ad channel|acquisition channel|campaign channel|kanal|\
             marketingkanal|werbekanal|canal|canal marketing|canal de marketing|\
             canal d acquisition|canal de adquisicion|canal de aquisicao|canale|\
             canale marketing|kanaal|marketingkanaal",
            "source|medium|platform|campaign|campaign name|source medium|quelle|plattform|\
             kampagne|plateforme|campagne|plataforma|campana|campanha|piattaforma|campagna|\
             bron",
        ],
    ),
    also(Role::Currency, shared::CURRENCY),
];

pub(super) const FUNNEL: &[RoleWords] = &[
    also(
        Role::Visits,
        &[
            "visits|sessions|visit count|engaged sessions total|web sessions|online visits|\
             session count|number of visits|number of sessions|website visits|site visits|\
             store visits|total sessions|total visits|online store sessions|besuche|sitzungen|\
             anzahl besuche|anzahl sitzungen|visites|sessions web|nombre de visites|\
             nombre de sessions|visitas|sesiones|numero de visitas|sessoes|numero de sessoes|\
             visite|sessioni|numero di visite|numero di sessioni|bezoeken|sessies|aantal bezoeken|\
             aantal sessies",
            "visitors|unique visitors|users|unique users|besucher|visiteurs|visitantes|visitatori|\
             bezoekers",
            "page views|pageviews|views|clicks|traffic|leads|signups|trials",
        ],
    ),
    also(
        Role::Carts,
        &[
            "carts|add to carts|added to cart|add to cart|cart additions|carts created|\
             sessions with cart additions|baskets|carts started|cart sessions|quote count|\
             shopping carts|items added to cart|warenkorbe|in den warenkorb|warenkorb|\
             paniers|ajouts au panier|carritos|anadidos al carrito|agregados al carrito|\
             carrinhos|adicoes ao carrinho|carrelli|aggiunte al carrello|winkelwagens|\
             winkelmandjes|toegevoegd aan winkelwagen",
        ],
    ),
    also(
        Role::Checkouts,
        &[
            "checkouts|checkouts started|begin checkout|begin checkouts|checkout forms|\
             initiate checkout|checkout started|reached checkout|\
             sessions reached checkout|initiated checkouts|sessions that reached checkout|\
             kasse|kassengange|bezahlvorgange|checkout begonnen|passages en caisse|\
             paiements commences|pagos iniciados|inicios de pago|finalizaciones de compra|\
             checkouts iniciados|finalizacoes de compra|pagamenti iniziati|inizi pagamento|\
             afrekeningen|afrekenen gestart",
        ],
    ),
    needed(
        Role::Purchases,
        &[
            "purchases|purchase|purchased|transactions|completed orders|orders completed|\
             order count|number of orders|total order items|conversions|converted|orders|\
             orders placed|sessions converted|sessions that completed checkout|\
             completed checkout|completed purchases|ecommerce purchases|bought|kaufe|\
             kaufabschlusse|bestellungen|gekauft|konversionen|achats|commandes|\
             conversions totales|a achete|compras|pedidos|conversiones|ha comprado|\
             conversoes|comprou|acquisti|ordini|conversioni|ha acquistato|aankopen|\
             bestellingen|conversies|heeft gekocht",
            "sales|revenue|signups|paid|verkaufe|ventes|ventas|vendas|vendite|verkopen",
        ],
    ),
    also(
        Role::Amount,
        &[
            "total revenue|purchase revenue|ecommerce revenue|revenue|total sales|net sales|\
             gross sales|sales amount|umsatz|gesamtumsatz|chiffre d affaires|ca|ingresos|\
             ingresos totales|receita|receita total|ricavi|fatturato|omzet|totale omzet",
            "sales|amount|turnover|betrag|ventes|ventas|vendas|vendite|montant|importe|valor|\
             importo|bedrag",
        ],
    ),
    also(Role::Currency, shared::CURRENCY),
    also(
        Role::OccurredAt,
        &[
            "date|day|datum|tag|fecha|dia|data|giorno|dag|jour|timestamp|date time|datetime|\
           date hour|day of visit|visit date|session date|uhrzeit|zeitpunkt",
        ],
    ),
    also(Role::Month, shared::MONTH),
];
