//! Headers of tables of operations.

use super::{RoleWords, also, shared};
use crate::engine::roles::role::Role;

pub(super) const OPERATIONS: &[RoleWords] = &[
    also(
        Role::Produced,
        &[
            "produced|units produced|quantity produced|produced quantity|units made|made|output|\
             production|production quantity|units manufactured|manufactured|produziert|\
             produzierte menge|produzierte einheiten|gefertigt|fertigungsmenge|ausstoss|produit|\
             quantite produite|unites produites|production totale|producido|producidas|\
             unidades producidas|cantidad producida|produzido|produzidas|unidades produzidas|\
             quantidade produzida|prodotto|prodotti|unita prodotte|quantita prodotta|geproduceerd|\
             geproduceerde eenheden|aantal geproduceerd|geproduceerde hoeveelheid",
            "order qty|order quantity|lot size|batch size|losgrosse|chargengrosse|taille du lot|\
             tamano del lote|tamanho do lote|dimensione lotto|batchgrootte",
        ],
    ),
    also(
        Role::Inspected,
        &[
            "inspected|units inspected|inspected units|quantity inspected|checked|units checked|\
             tested|units tested|sample size|gepruft|gepruefte einheiten|geprufte einheiten|\
             geprufte menge|inspiziert|inspecte|inspectees|unites inspectees|unites controlees|\
             quantite inspectee|controle|inspeccionado|inspeccionadas|unidades inspeccionadas|\
             inspecionado|inspecionadas|unidades inspecionadas|ispezionato|unita ispezionate|\
             ispezionate|controllate|geinspecteerd|geinspecteerde eenheden|gecontroleerd|\
             aantal gecontroleerd",
        ],
    ),
    also(
        Role::Defective,
        &[
            "defective|is defective|defective parts|defect units|rejected qty|defective units|\
             units defective|defectives|rejected|rejected units|rejects|scrapped|scrap|\
             scrapped qty|scrap quantity|nonconforming|nonconforming units|faulty units|defekt|\
             defekte einheiten|fehlerhafte einheiten|ausschuss|mangelhaft|fehlerhaft|defectueux|\
             unites defectueuses|rebuts|defectuoso|defectuosas|unidades defectuosas|rechazadas|\
             defeituoso|defeituosas|unidades defeituosas|rejeitadas|difettoso|difettose|\
             unita difettose|scarti|defecte eenheden|defect|afgekeurd|uitval|afkeur",
        ],
    ),
    also(
        Role::Defects,
        &[
            "defects|defects found|number of defects|defect count|fehler|anzahl fehler|mangel|\
             fehleranzahl|defauts|nombre de defauts|defectos|numero de defectos|defeitos|\
             numero de defeitos|difetti|numero di difetti|defecten|aantal defecten|fouten",
        ],
    ),
    also(
        Role::Opportunities,
        &[
            "opportunities|opportunities per unit|defect opportunities|opportunities for defects|\
             fehlermoglichkeiten|moglichkeiten je einheit|opportunites|opportunites de defaut|\
             oportunidades|oportunidades de defecto|oportunidades por unidad|\
             oportunidades por unidade|oportunidades de defeito|opportunita|opportunita di difetto|\
             opportunita per unita|kansen|kansen op defecten|mogelijkheden per eenheid",
        ],
    ),
    also(
        Role::CostOfGoods,
        &[
            "cost of goods|cost of goods sold|cogs|cost of sales|goods cost|wareneinsatz|\
             warenkosten|herstellungskosten des umsatzes|herstellkosten|\
             kosten der verkauften waren|cout des marchandises vendues|cout des ventes|\
             cout des marchandises|coste de ventas|costo de ventas|coste de los bienes vendidos|\
             costo de los bienes vendidos|costo de mercancia vendida|\
             custo das mercadorias vendidas|custo das vendas|cmv|custo dos produtos vendidos|\
             costo del venduto|costo dei beni venduti|kostprijs omzet|kostprijs verkopen|\
             kostprijs van de omzet|inkoopwaarde omzet",
        ],
    ),
    also(
        Role::InventoryOpening,
        &[
            "inventory opening|opening inventory|beginning inventory|inventory at start|\
             opening stock|starting inventory|anfangsbestand|lagerbestand anfang|bestand am anfang|\
             bestand zu beginn|stock initial|stock d ouverture|stock debut|inventario inicial|\
             existencias iniciales|estoque inicial|inventario de abertura|stock inicial|\
             rimanenze iniziali|giacenza iniziale|scorte iniziali|magazzino iniziale|beginvoorraad|\
             openingsvoorraad|voorraad begin",
        ],
    ),
    also(
        Role::InventoryClosing,
        &[
            "inventory closing|closing inventory|ending inventory|inventory at end|closing stock|\
             final inventory|endbestand|schlussbestand|lagerbestand ende|bestand am ende|\
             stock final|stock de cloture|stock fin|inventario final|existencias finales|\
             estoque final|rimanenze finali|giacenza finale|scorte finali|magazzino finale|\
             eindvoorraad|slotvoorraad|voorraad eind",
        ],
    ),
    also(
        Role::Visitors,
        &[
            "visitors|foot traffic|footfall|visitors in|entrances|people in|customers in|\
             store entries|store visitors|visitor count|people counted|door count|walk ins|\
             besucher|besucherzahl|laufkundschaft|passantenfrequenz|frequenz|besucher im laden|\
             visiteurs|frequentation|nombre de visiteurs|visitantes|afluencia|numero de visitantes|\
             fluxo de clientes|fluxo de pessoas|visitatori|affluenza|numero di visitatori|\
             bezoekers|bezoekersaantal|aantal bezoekers|winkelbezoekers",
        ],
    ),
    also(
        Role::JobsAccepted,
        &[
            "jobs accepted|accepted jobs|rides accepted|accepted rides|trips accepted|\
             gigs accepted|accepted gigs|tasks accepted|orders accepted|bookings accepted|\
             angenommene auftrage|auftrage angenommen|missions acceptees|travaux acceptes|\
             trabajos aceptados|encargos aceptados|trabalhos aceitos|trabalhos aceites|\
             servicos aceitos|lavori accettati|incarichi accettati|aangenomen opdrachten|\
             opdrachten aangenomen|geaccepteerde opdrachten",
        ],
    ),
    also(
        Role::JobsCompleted,
        &[
            "jobs completed|completed jobs|rides completed|completed rides|trips completed|\
             completed trips|orders completed|gigs completed|completed gigs|tasks completed|\
             bookings completed|abgeschlossene auftrage|auftrage abgeschlossen|erledigte auftrage|\
             missions terminees|missions realisees|travaux termines|trabajos completados|\
             encargos completados|trabalhos concluidos|servicos concluidos|lavori completati|\
             incarichi completati|voltooide opdrachten|opdrachten voltooid|afgeronde opdrachten",
        ],
    ),
    also(
        Role::ProjectsClosed,
        &[
            "projects closed|closed projects|projects completed|completed projects|\
             projects finished|number of projects|abgeschlossene projekte|projekte abgeschlossen|\
             projets clotures|projets termines|proyectos cerrados|proyectos terminados|\
             projetos encerrados|projetos concluidos|progetti chiusi|progetti conclusi|\
             afgesloten projecten|projecten afgesloten|afgeronde projecten",
        ],
    ),
    also(
        Role::ProjectsInScope,
        &[
            "projects in scope|within scope|in scope|projects within scope|scope met|im umfang|\
             projekte im umfang|umfang eingehalten|projets dans le perimetre|perimetre respecte|\
             dans le perimetre|proyectos dentro del alcance|dentro del alcance|alcance cumplido|\
             projetos no escopo|dentro do escopo|escopo cumprido|progetti in ambito|\
             ambito rispettato|entro l ambito|projecten binnen scope|binnen scope|scope gehaald",
        ],
    ),
    also(
        Role::ProjectsOnTime,
        &[
            "projects on time|on time|on schedule|projects on schedule|delivered on time|\
             termingerecht|projekte termingerecht|im zeitplan|projekte im zeitplan|punktlich|\
             projets a l heure|dans les delais|projets dans les delais|proyectos a tiempo|a tiempo|\
             en plazo|projetos no prazo|no prazo|progetti in tempo|in tempo|nei tempi|\
             projecten op tijd|op tijd",
        ],
    ),
    also(
        Role::ProjectsOnBudget,
        &[
            "projects on budget|on budget|within budget|projects within budget|budget met|\
             im budget|projekte im budget|budget eingehalten|projets dans le budget|dans le budget|\
             budget respecte|proyectos dentro del presupuesto|dentro del presupuesto|\
             en presupuesto|projetos no orcamento|dentro do orcamento|no orcamento|\
             progetti nel budget|nel budget|budget rispettato|projecten binnen budget|binnen budget",
        ],
    ),
    also(
        Role::Reworked,
        &[
            "reworked|reworked units|rework|units reworked|rework quantity|repaired|\
             nachgearbeitet|nacharbeit|retouches|retouche|retravaille|retrabajo|reprocesadas|\
             retrabalho|rilavorati|rilavorazione|herwerkt|nabewerkt",
        ],
    ),
    also(
        Role::Step,
        &[
            "process step|step|operation|workstation|station|prozessschritt|arbeitsschritt|\
             arbeitsgang|etape|etape du processus|paso del proceso|operacion|etapa do processo|\
             operacao|fase del processo|operazione|processtap|bewerking",
        ],
    ),
    also(
        Role::Inventory,
        &[
            "inventory|inventory value|stock value|inventory balance|stock on hand|\
             inventory on hand|stock balance|month end inventory|average inventory|lagerbestand|\
             bestand|lagerwert|bestandswert|valeur du stock|stock fin de mois|inventario|\
             valor del inventario|existencias|estoque|valor do estoque|giacenza|valore magazzino|\
             rimanenze|voorraad|voorraadwaarde",
        ],
    ),
    also(
        Role::PassersBy,
        &[
            "passers by|passersby|passer by count|outside traffic|street traffic|outside count|\
             pass by traffic|passanten|passantenzahl|passants|nombre de passants|transeuntes|\
             numero de transeuntes|viandantes|passanti|numero di passanti|voorbijgangers|\
             aantal voorbijgangers",
        ],
    ),
    also(
        Role::OpenHours,
        &[
            "open hours|opening hours|hours open|trading hours|business hours|store hours|\
             offnungsstunden|stunden geoffnet|geoffnete stunden|heures d ouverture|heures ouvertes|\
             horas abiertas|horas de apertura|horas abertas|horas de funcionamento|ore di apertura|\
             ore aperte|openingsuren|uren open",
        ],
    ),
    also(
        Role::Area,
        &[
            "area|floor area|sales area|store area|floor space|square metres|square meters|\
             square feet|sqm|sq m|m 2|sq ft|sqft|verkaufsflache|flache|quadratmeter|qm|surface|\
             surface de vente|superficie|superficie de venta|metros cuadrados|area de vendas|\
             metros quadrados|superficie di vendita|metri quadrati|mq|verkoopoppervlakte|\
             oppervlakte|vierkante meter",
        ],
    ),
    also(
        Role::Purchases,
        &[
            "transactions|purchases|sales count|number of sales|number of transactions|receipts|\
             tickets|pos transactions|transaktionen|kassenbons|bons|kaufe|nombre de tickets|\
             tickets de caisse|achats|tiquetes|transacciones|compras|transacoes|cupons|scontrini|\
             transazioni|acquisti|transacties|kassabonnen|aankopen",
            "sales|orders|conversions|verkaufe|ventes|ventas|vendas|vendite|verkopen|bestellungen",
        ],
    ),
    also(
        Role::Job,
        &[
            "job id|job no|job number|gig id|booking id|booking number|booking reference|ride id|\
             trip id|assignment id|errand id|auftrags id|auftrag id|job nummer|buchungsnummer|\
             fahrt id|id mission|numero de mission|id de la mission|id course|id trabajo|\
             id del trabajo|id reserva|id del viaje|id do trabalho|id da corrida|id da reserva|\
             id lavoro|id incarico|id prenotazione|opdrachtnummer|opdracht id|boekingsnummer|rit id",
        ],
    ),
    also(
        Role::Status,
        &[
            "job status|gig status|task status|booking status|trip status|ride status|\
             project status|status|state|outcome|result|auftragsstatus|projektstatus|statut|\
             statut de la mission|statut du projet|etat|estado|estado del trabajo|\
             estado del proyecto|status do trabalho|status do projeto|stato|stato del lavoro|\
             stato del progetto|opdrachtstatus|projectstatus",
        ],
    ),
    also(
        Role::JobsRequested,
        &[
            "jobs requested|requested jobs|gigs requested|jobs offered|requests|job requests|\
             ride requests|booking requests|jobs assigned|assigned jobs|angefragte auftrage|\
             anfragen|missions demandees|demandes|trabajos solicitados|solicitudes|\
             trabalhos solicitados|solicitacoes|lavori richiesti|richieste|aangevraagde opdrachten|\
             aanvragen",
        ],
    ),
    also(
        Role::JobsWithIssues,
        &[
            "jobs with issues|with issues|issues|complaint|complaints|had complaint|\
             jobs with complaints|refunded jobs|disputed|disputes|beschwerde|beschwerden|\
             reklamationen|reclamation|reclamations|plainte|queja|quejas|reclamacion|reclamacoes|\
             reclamacao|reclamo|reclami|klacht|klachten",
        ],
    ),
    also(
        Role::Project,
        &[
            "project|project id|project name|project code|project number|projekt|projektname|\
             projektnummer|projet|nom du projet|proyecto|nombre del proyecto|projeto|\
             nome do projeto|progetto|nome progetto|projectnaam|projectnummer|project nr",
        ],
    ),
    also(
        Role::PlannedEnd,
        &[
            "planned end|planned end date|planned finish|planned finish date|baseline finish|\
             baseline end|target end date|target date|due date|deadline|planned completion|\
             planned completion date|planned completed|geplantes ende|plan ende|enddatum geplant|\
             solltermin|fin prevue|date de fin prevue|echeance|fin prevista|fecha de fin prevista|\
             fecha limite|fim previsto|data de fim prevista|prazo|fine prevista|\
             data di fine prevista|scadenza|geplande einddatum|gepland einde",
        ],
    ),
    also(
        Role::ActualEnd,
        &[
            "actual end|actual end date|actual finish|actual finish date|finished on|\
             completion date|actual completion|actual completion date|completed on|date completed|\
             closed on|tatsachliches ende|ist ende|enddatum ist|abgeschlossen am|fin reelle|\
             date de fin reelle|termine le|fin real|fecha de fin real|terminado el|fim real|\
             data de fim real|concluido em|fine effettiva|data di fine effettiva|completato il|\
             werkelijke einddatum|werkelijk einde|afgerond op",
        ],
    ),
    also(
        Role::PlannedCost,
        &[
            "planned cost|budget|budgeted cost|approved budget|planned budget|baseline cost|\
             plankosten|geplante kosten|budget geplant|budget prevu|cout prevu|presupuesto|\
             coste previsto|costo previsto|orcamento|custo previsto|budget previsto|costi previsti|\
             begroting|geplande kosten",
        ],
    ),
    also(
        Role::ActualCost,
        &[
            "actual cost|actual costs|actual spend|cost at completion|final cost|istkosten|\
             tatsachliche kosten|cout reel|couts reels|coste real|costo real|custo real|\
             costo effettivo|costi effettivi|werkelijke kosten",
        ],
    ),
    also(
        Role::ProjectsSuccessful,
        &[
            "projects successful|successful projects|projects succeeded|project success|\
             project successful|erfolgreiche projekte|projets reussis|proyectos exitosos|\
             projetos bem sucedidos|progetti riusciti|geslaagde projecten",
        ],
    ),
    also(
        Role::Amount,
        &[
            "sales|revenue|net sales|total sales|umsatz|chiffre d affaires|ventas|ingresos|vendas|\
             receita|vendite|ricavi|omzet",
        ],
    ),
    also(Role::Currency, shared::CURRENCY),
    also(
        Role::OccurredAt,
        &[
            "date|day|datum|tag|fecha|dia|data|giorno|dag|jour|timestamp|date time|datetime|\
             date hour|hour start|inspection date|inspected at|production date|visit date|\
             count date",
            "created at|requested at|accepted at|booked at|started at|start time|pickup time|\
             start date|completed at|erstellt am|cree le|creado el|criado em|creato il|\
             aangemaakt op",
        ],
    ),
    also(Role::Month, shared::MONTH),
    also(
        Role::Segment,
        &[
            "segment|line|production line|site|plant|store|shop|location|warehouse|region|team|\
             department|linie|standort|werk|filiale|laden|lager|abteilung|ligne|usine|magasin|\
             boutique|entrepot|equipe|linea|planta|tienda|almacen|departamento|linha|fabrica|loja|\
             armazem|stabilimento|negozio|magazzino|reparto|lijn|locatie|vestiging|winkel|magazijn|\
             afdeling",
        ],
    ),
];
