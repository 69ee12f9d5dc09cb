//! Little words of seven languages: which say nothing by themselves, and which turn the word beside
//! them round.
//!
//! Written in small letters with their accents, as people type them with and without apostrophes.
//! Words of one letter say nothing in any language and stand in no list.

use std::collections::BTreeMap;

use crate::engine::table::Interner;

/// A language whose little words are known.
#[derive(Debug)]
pub struct Language {
    /// The code of ISO 639-1.
    pub id: &'static str,
    /// Words that say nothing by themselves, parted by blanks.
    nothing: &'static str,
    /// Words that turn another word round: no theme by themselves, but part of one ("not easy").
    turning: &'static str,
}

/// How many languages there are.
pub const COUNT: usize = LANGUAGES.len();

/// What the lists say of one word: a bit for each language.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Marks {
    /// Languages in which it says nothing.
    pub nothing: u8,
    /// Languages in which it turns another word round.
    pub turning: u8,
}

/// The marks of every word, by its number.
pub fn marks(vocabulary: &Interner) -> Vec<Marks> {
    let mut known: BTreeMap<&str, Marks> = BTreeMap::new();
    for (place, language) in LANGUAGES.iter().enumerate() {
        for word in language.nothing.split(' ') {
            known.entry(word).or_default().nothing |= 1 << place;
        }
        for word in language.turning.split(' ') {
            known.entry(word).or_default().turning |= 1 << place;
        }
    }
    vocabulary
        .texts()
        .map(|word| known.get(word).copied().unwrap_or_default())
        .collect()
}

/// The languages, each with the bit of its place.
pub const LANGUAGES: [Language; 7] = [
    Language {
        id: "en",
        nothing: "\
            the an and or but if then than that this these those there here it its itself is \
            are was were be been being am do does did doing done has have had having will \
            would can could should shall may might must of to in on at by for from with about \
            as into onto over under up down out off through during before after between again \
            once we our ours us you your yours he him his she her hers they them their theirs \
            who whom which what when where why how all any both each few more most other some \
            such only own same so too very just also even ever quite really much many lot lots \
            bit get gets got me my mine myself im ive id ll ve re because while until since \
            though although every everything something anything one ones thing things always \
            still yet already rather however else etc per via let",
        turning: "\
            not no never without cannot nor none don't doesn't didn't isn't aren't wasn't \
            weren't won't can't couldn't wouldn't shouldn't hasn't haven't hadn't dont doesnt \
            didnt isnt arent wasnt werent wont cant couldnt wouldnt shouldnt hasnt havent \
            hadnt",
    },
    Language {
        id: "de",
        nothing: "\
            der die das den dem des ein eine einen einem einer eines und oder aber wenn dann \
            als wie dass daß es ist sind war waren sein bin bist seid wird werden wurde wurden \
            worden hat habe haben hatte hatten habt kann können könnte konnte konnten muss \
            müssen musste soll sollte sollten will wollen würde würden darf dürfen ich du er \
            sie wir ihr mich mir dich dir uns euch ihm ihn ihnen mein meine meinen meinem \
            meiner dein deine unser unsere unseren unserem unserer euer eure ihre ihren ihrem \
            ihrer seine seinen seinem seiner dieser diese dieses diesen diesem jede jeder \
            jedes jeden jedem alle alles allem allen man im in am an auf aus bei beim bis \
            durch für gegen mit nach seit über um unter vom von vor zu zum zur zwischen auch \
            noch nur schon sehr so zwar doch ja mal da damit dafür dabei daran darauf dazu \
            davon hier dort was wer wo warum weil denn ob sich selbst immer wieder mehr viel \
            viele vielen ganz etwas wirklich eigentlich leider bitte halt eben also \
            nun jetzt bereits sowie bzw usw ins ans etc dies beide beiden andere anderen \
            anderer",
        turning: "\
            nicht kein keine keinen keinem keiner keines nie niemals ohne nichts kaum",
    },
    Language {
        id: "fr",
        nothing: "\
            ne le la les un une des du de au aux et ou mais si alors que qui quoi dont où ce cet \
            cette ces cela ça ca il elle on nous vous ils elles je tu me te se lui leur leurs \
            mon ma mes ton ta tes son sa ses notre nos votre vos est sont était étaient être \
            été suis es sommes êtes serait sera soit ai as avons avez ont avait avais avoir eu \
            aurait fait faire font peut peux pouvoir pouvez pourrait doit devrait faut dans en \
            par pour avec sur sous chez entre vers depuis pendant avant après très trop plus \
            moins aussi tout toute tous toutes même mêmes autre autres quand comme car \
            parce donc encore déjà toujours là ici ni qu jusqu lorsqu puisqu aujourd hui peu \
            beaucoup vraiment simplement chaque quelque quelques ainsi afin lors cas chose \
            choses etc tant tellement assez",
        turning: "pas jamais sans aucun aucune rien non guère",
    },
    Language {
        id: "es",
        nothing: "\
            el la los las lo un una unos unas de del al pero si que qué quien quién cual \
            cuando cuándo como cómo donde dónde es son era eran fue fueron ser sido soy eres \
            somos está están estaba estado estar estoy estamos hay ha han he hemos había haber \
            tiene tienen tengo tener tenía puede pueden puedo podría poder debe deben debería \
            hacer hace hacen hecho en por para con sobre bajo entre hacia desde hasta durante \
            antes después yo tú él ella ellos ellas nosotros usted ustedes me te se nos les le \
            mi mis tu tus su sus nuestro nuestra nuestros nuestras este esta esto estos estas \
            ese esa eso esos esas aquel aquella muy más menos mucho mucha muchos muchas poco \
            todo toda todos todas otro otra otros otras mismo misma también ya aún todavía \
            siempre porque pues así tan tanto cada algo alguno alguna algunos algunas \
            solo sólo aquí ahí allí etc ni cosa cosas va van sea mas tambien estan",
        turning: "no nunca jamás sin ningún ninguna ninguno nada tampoco",
    },
    Language {
        id: "pt",
        nothing: "\
            os as um uma uns umas de do da dos das no na nos nas ao aos às em por pelo pela \
            pelos pelas para com sobre entre até desde ou mas se que quem qual quando como \
            onde são era eram foi foram ser sido sou somos está estão estava estar estou tem \
            têm tenho ter tinha temos há houve pode podem posso poderia poder deve devem \
            deveria fazer faz fazem feito eu tu ele ela eles elas nós você vocês me te lhe meu \
            minha meus minhas seu sua seus suas nosso nossa nossos nossas este esta isto esse \
            essa isso esses essas aquele aquela aquilo muito muita muitos muitas pouco mais \
            menos todo toda todos todas tudo outro outra outros outras mesmo mesma também já \
            ainda sempre porque pois assim tão tanto cada algo algum alguma alguns algumas \
            só apenas aqui ali lá vai vão seja depois antes durante num numa deste desta nesse \
            nessa dele dela etc coisa coisas vc pra pro voce nao sao ja tambem estao",
        turning: "não nunca jamais sem nem nenhum nenhuma nada",
    },
    Language {
        id: "it",
        nothing: "\
            il lo la gli le un uno una di del dello della dei degli delle al allo alla ai agli \
            alle dal dallo dalla dai dagli dalle nel nello nella nei negli nelle sul sullo \
            sulla sui sugli sulle dell all dall nell sull quell quest con per tra fra in da su \
            ed ma se che chi cui quale quali quando come dove sono era erano sia stato stata \
            stati essere ho hai ha abbiamo avete hanno aveva avere può possono posso potrebbe \
            potere deve devono dovrebbe fare fa fanno fatto io tu lui lei noi voi loro mi ti \
            si ci vi ne mio mia miei mie tuo tua suo sua suoi sue nostro nostra nostri nostre \
            vostro vostra vostri vostre questo questa questi queste quello quella quelli \
            quelle molto molta molti molte poco più meno tanto troppo tutto tutta tutti tutte \
            altro altra altri altre stesso stessa anche già ancora sempre perché poiché \
            così ogni qualche qualcosa solo qui qua lì là dopo prima durante fino verso sotto \
            sopra però quindi cosa cose va vanno piu perche puo etc",
        turning: "non mai senza nessun nessuno nessuna niente né nulla",
    },
    Language {
        id: "nl",
        nothing: "\
            de het een en of maar als dan dat die dit deze er is zijn was waren ben bent wordt \
            worden werd werden geworden heeft heb hebben had hadden kan kunnen kon konden moet \
            moeten moest zal zullen zou zouden wil willen mag mogen ik je jij jou jouw hij hem \
            zij ze haar wij we ons onze jullie hun hen mijn me mij uw zich in op aan uit bij \
            naar van voor met tot door over om onder tussen tegen na sinds te ook nog al \
            alleen zeer heel erg zo toch ja wel eens daar hier waar wat wie waarom omdat want \
            hoe alle alles elke elk iedere ieder meer veel andere ander zelf altijd weer echt \
            gewoon eigenlijk helaas nu reeds iets daarom dus toen wanneer doen doet gedaan \
            gaat gaan ging via etc zoals vaak soms beetje hele",
        turning: "niet geen nooit zonder niets niemand nauwelijks",
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_are_in_small_letters_and_say_nothing_twice() {
        for language in &LANGUAGES {
            let words = || {
                language
                    .nothing
                    .split(' ')
                    .chain(language.turning.split(' '))
            };
            for word in words() {
                assert!(!word.is_empty(), "{}: a blank too many", language.id);
                assert_eq!(word.to_lowercase(), word, "{}", language.id);
                let times = words().filter(|other| *other == word).count();
                assert_eq!(times, 1, "{}: {word}", language.id);
            }
        }
    }

    #[test]
    fn a_word_is_marked_by_its_languages() {
        let mut vocabulary = Interner::default();
        for word in ["die", "not", "support"] {
            vocabulary.intern(word);
        }
        let marks = marks(&vocabulary);
        assert_eq!(marks[1].nothing, 1 << 1 | 1 << 6);
        assert_eq!(marks[2].turning, 1);
        assert_eq!(marks[3], Marks::default());
    }
}
