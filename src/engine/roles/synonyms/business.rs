//! Headers of tables of spending, of visits and purchases, and of operations.

use super::{RoleWords, also, needed, shared};
use crate::engine::roles::role::Role;

pub(super) const SPEND: &[RoleWords] = &[
    also(
        Role::OccurredAt,
        &[
            "spend date|date of spend|expense date|cost date|ausgabedatum|date de depense|\
             fecha de gasto|data da despesa|data della spesa|uitgavedatum",
            "date|day|datum|tag|jour|fecha|dia|data|giorno|dag|occurred at",
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
             mediakosten",
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
            "visits|sessions|visit count|session count|number of visits|number of sessions|\
             website visits|site visits|store visits|total sessions|total visits|\
             online store sessions|besuche|sitzungen|anzahl besuche|anzahl sitzungen|visites|\
             sessions web|nombre de visites|nombre de sessions|visitas|sesiones|\
             numero de visitas|sessoes|numero de sessoes|visite|sessioni|numero di visite|\
             numero di sessioni|bezoeken|sessies|aantal bezoeken|aantal sessies",
            "visitors|unique visitors|users|page views|pageviews|clicks|traffic|besucher|\
             visiteurs|visitantes|visitatori|bezoekers|leads|signups|trials",
        ],
    ),
    also(
        Role::Carts,
        &[
            "carts|add to carts|added to cart|add to cart|cart additions|carts created|\
             sessions with cart additions|baskets|warenkorbe|in den warenkorb|warenkorb|\
             paniers|ajouts au panier|carritos|anadidos al carrito|agregados al carrito|\
             carrinhos|adicoes ao carrinho|carrelli|aggiunte al carrello|winkelwagens|\
             winkelmandjes|toegevoegd aan winkelwagen",
        ],
    ),
    also(
        Role::Checkouts,
        &[
            "checkouts|checkouts started|begin checkout|checkout started|reached checkout|\
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
            "purchases|purchase|purchased|transactions|conversions|converted|orders|\
             orders placed|sessions converted|sessions that completed checkout|\
             completed checkout|completed purchases|ecommerce purchases|bought|kaufe|\
             kaufabschlusse|bestellungen|gekauft|konversionen|achats|commandes|\
             conversions totales|a achete|compras|pedidos|conversiones|ha comprado|\
             conversoes|comprou|acquisti|ordini|conversioni|ha acquistato|aankopen|\
             bestellingen|conversies|heeft gekocht",
            "sales|revenue|signups|paid|verkaufe|ventes|ventas|vendas|vendite|verkopen",
        ],
    ),
    also(Role::Month, shared::MONTH),
];

pub(super) const OPERATIONS: &[RoleWords] = &[
    also(
        Role::Produced,
        &[
            "produced|units produced|quantity produced|produced quantity|units made|made|\
             output|production|production quantity|units manufactured|manufactured|\
             produziert|produzierte menge|produzierte einheiten|gefertigt|fertigungsmenge|\
             ausstoss|produit|quantite produite|unites produites|production totale|producido|\
             producidas|unidades producidas|cantidad producida|produzido|produzidas|\
             unidades produzidas|quantidade produzida|prodotto|prodotti|unita prodotte|\
             quantita prodotta|geproduceerd|geproduceerde eenheden|aantal geproduceerd|\
             geproduceerde hoeveelheid",
        ],
    ),
    also(
        Role::Inspected,
        &[
            "inspected|units inspected|inspected units|quantity inspected|checked|\
             units checked|tested|units tested|sample size|gepruft|gepruefte einheiten|\
             geprufte einheiten|geprufte menge|inspiziert|inspecte|inspectees|\
             unites inspectees|unites controlees|quantite inspectee|controle|inspeccionado|\
             inspeccionadas|unidades inspeccionadas|inspecionado|inspecionadas|\
             unidades inspecionadas|ispezionato|unita ispezionate|ispezionate|controllate|\
             geinspecteerd|geinspecteerde eenheden|gecontroleerd|aantal gecontroleerd",
        ],
    ),
    also(
        Role::Defective,
        &[
            "defective|defective units|units defective|defectives|rejected|rejected units|\
             rejects|scrapped|scrap|scrapped qty|scrap quantity|nonconforming|\
             nonconforming units|faulty units|defekt|defekte einheiten|fehlerhafte einheiten|\
             ausschuss|mangelhaft|fehlerhaft|defectueux|unites defectueuses|rebuts|\
             defectuoso|defectuosas|unidades defectuosas|rechazadas|defeituoso|defeituosas|\
             unidades defeituosas|rejeitadas|difettoso|difettose|unita difettose|scarti|\
             defecte eenheden|defect|afgekeurd|uitval|afkeur",
        ],
    ),
    also(
        Role::Defects,
        &[
            "defects|defects found|number of defects|defect count|fehler|anzahl fehler|\
             mangel|fehleranzahl|defauts|nombre de defauts|defectos|numero de defectos|\
             defeitos|numero de defeitos|difetti|numero di difetti|defecten|aantal defecten|\
             fouten",
        ],
    ),
    also(
        Role::Opportunities,
        &["opportunities|opportunities per unit|defect opportunities|\
             opportunities for defects|fehlermoglichkeiten|moglichkeiten je einheit|\
             opportunites|opportunites de defaut|oportunidades|oportunidades de defecto|\
             oportunidades por unidad|oportunidades por unidade|oportunidades de defeito|\
             opportunita|opportunita di difetto|opportunita per unita|kansen|\
             kansen op defecten|mogelijkheden per eenheid"],
    ),
    also(
        Role::CostOfGoods,
        &[
            "cost of goods|cost of goods sold|cogs|cost of sales|goods cost|wareneinsatz|\
             warenkosten|herstellungskosten des umsatzes|herstellkosten|\
             kosten der verkauften waren|cout des marchandises vendues|cout des ventes|\
             cout des marchandises|coste de ventas|costo de ventas|\
             coste de los bienes vendidos|costo de los bienes vendidos|\
             costo de mercancia vendida|custo das mercadorias vendidas|custo das vendas|cmv|\
             custo dos produtos vendidos|costo del venduto|costo dei beni venduti|\
             kostprijs omzet|kostprijs verkopen|kostprijs van de omzet|inkoopwaarde omzet",
        ],
    ),
    also(
        Role::InventoryOpening,
        &[
            "inventory opening|opening inventory|beginning inventory|inventory at start|\
             opening stock|starting inventory|anfangsbestand|lagerbestand anfang|\
             bestand am anfang|bestand zu beginn|stock initial|stock d ouverture|stock debut|\
             inventario inicial|existencias iniciales|estoque inicial|inventario de abertura|\
             stock inicial|rimanenze iniziali|giacenza iniziale|scorte iniziali|\
             magazzino iniziale|beginvoorraad|openingsvoorraad|voorraad begin",
        ],
    ),
    also(
        Role::InventoryClosing,
        &[
            "inventory closing|closing inventory|ending inventory|inventory at end|\
             closing stock|final inventory|endbestand|schlussbestand|lagerbestand ende|\
             bestand am ende|stock final|stock de cloture|stock fin|inventario final|\
             existencias finales|estoque final|rimanenze finali|giacenza finale|\
             scorte finali|magazzino finale|eindvoorraad|slotvoorraad|voorraad eind",
        ],
    ),
    also(
        Role::Visitors,
        &[
            "visitors|foot traffic|footfall|store visitors|visitor count|people counted|\
             door count|walk ins|besucher|besucherzahl|laufkundschaft|passantenfrequenz|\
             frequenz|besucher im laden|visiteurs|frequentation|nombre de visiteurs|\
             visitantes|afluencia|numero de visitantes|fluxo de clientes|fluxo de pessoas|\
             visitatori|affluenza|numero di visitatori|bezoekers|bezoekersaantal|\
             aantal bezoekers|winkelbezoekers",
        ],
    ),
    also(
        Role::JobsAccepted,
        &[
            "jobs accepted|accepted jobs|gigs accepted|accepted gigs|tasks accepted|\
             orders accepted|bookings accepted|angenommene auftrage|auftrage angenommen|\
             missions acceptees|travaux acceptes|trabajos aceptados|encargos aceptados|\
             trabalhos aceitos|trabalhos aceites|servicos aceitos|lavori accettati|\
             incarichi accettati|aangenomen opdrachten|opdrachten aangenomen|\
             geaccepteerde opdrachten",
        ],
    ),
    also(
        Role::JobsCompleted,
        &[
            "jobs completed|completed jobs|gigs completed|completed gigs|tasks completed|\
             bookings completed|abgeschlossene auftrage|auftrage abgeschlossen|\
             erledigte auftrage|missions terminees|missions realisees|travaux termines|\
             trabajos completados|encargos completados|trabalhos concluidos|\
             servicos concluidos|lavori completati|incarichi completati|voltooide opdrachten|\
             opdrachten voltooid|afgeronde opdrachten",
        ],
    ),
    also(
        Role::ProjectsClosed,
        &[
            "projects closed|closed projects|projects completed|completed projects|\
             projects finished|number of projects|abgeschlossene projekte|\
             projekte abgeschlossen|projets clotures|projets termines|proyectos cerrados|\
             proyectos terminados|projetos encerrados|projetos concluidos|progetti chiusi|\
             progetti conclusi|afgesloten projecten|projecten afgesloten|afgeronde projecten",
        ],
    ),
    also(
        Role::ProjectsInScope,
        &[
            "projects in scope|within scope|in scope|projects within scope|scope met|\
             im umfang|projekte im umfang|umfang eingehalten|projets dans le perimetre|\
             perimetre respecte|dans le perimetre|proyectos dentro del alcance|\
             dentro del alcance|alcance cumplido|projetos no escopo|dentro do escopo|\
             escopo cumprido|progetti in ambito|ambito rispettato|entro l ambito|\
             projecten binnen scope|binnen scope|scope gehaald",
        ],
    ),
    also(
        Role::ProjectsOnTime,
        &[
            "projects on time|on time|on schedule|projects on schedule|delivered on time|\
             termingerecht|projekte termingerecht|im zeitplan|projekte im zeitplan|punktlich|\
             projets a l heure|dans les delais|projets dans les delais|proyectos a tiempo|\
             a tiempo|en plazo|projetos no prazo|no prazo|progetti in tempo|in tempo|\
             nei tempi|projecten op tijd|op tijd",
        ],
    ),
    also(
        Role::ProjectsOnBudget,
        &[
            "projects on budget|on budget|within budget|projects within budget|budget met|\
             im budget|projekte im budget|budget eingehalten|projets dans le budget|\
             dans le budget|budget respecte|proyectos dentro del presupuesto|\
             dentro del presupuesto|en presupuesto|projetos no orcamento|dentro do orcamento|\
             no orcamento|progetti nel budget|nel budget|budget rispettato|\
             projecten binnen budget|binnen budget",
        ],
    ),
    also(Role::Month, shared::MONTH),
    also(
        Role::Segment,
        &[
            "segment|line|production line|site|plant|store|shop|location|warehouse|region|\
             team|department|linie|standort|werk|filiale|laden|lager|abteilung|ligne|usine|\
             magasin|boutique|entrepot|equipe|linea|planta|tienda|almacen|departamento|linha|\
             fabrica|loja|armazem|stabilimento|negozio|magazzino|reparto|lijn|locatie|\
             vestiging|winkel|magazijn|afdeling",
        ],
    ),
];
