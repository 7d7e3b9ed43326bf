//! Who lives in the demonstration: real geography, fictitious structures.

use network::{Sector, StructureKind};

/// A structure of the demonstration.
pub(super) struct Somebody {
    pub(super) name: &'static str,
    pub(super) kind: StructureKind,
    pub(super) sector: Sector,
    /// Households and persons helped in an ordinary week.
    pub(super) served: Option<(i64, i64)>,
    pub(super) address: &'static str,
    pub(super) postcode: &'static str,
    pub(super) city: &'static str,
    /// Degrees north and east.
    pub(super) point: (f64, f64),
    /// Kilograms it can store: dry, chilled, frozen.
    pub(super) storage: (i64, i64, i64),
    pub(super) receiving: &'static str,
    pub(super) excluded: &'static [&'static str],
    pub(super) level: kernel::Level,
}

use kernel::Level::{Contributor, Listed, Reader, Signatory};

/// The hub, which holds the common stock.
pub(super) const HUB: &str = "Plateforme des Murs-à-pêches (fictive)";
/// The CCAS.
pub(super) const CCAS: &str = "CCAS de démonstration";
/// The supermarket that calls at 16:40.
pub(super) const SHOP: &str = "Supermarché du Parc (fictif)";

macro_rules! who {
    ($name:expr, $kind:ident, $sector:ident, $served:expr, $address:expr, $postcode:expr, $city:expr, $point:expr, $storage:expr, $receiving:expr, $excluded:expr, $level:ident) => {
        Somebody {
            name: $name,
            kind: StructureKind::$kind,
            sector: Sector::$sector,
            served: $served,
            address: $address,
            postcode: $postcode,
            city: $city,
            point: $point,
            storage: $storage,
            receiving: $receiving,
            excluded: $excluded,
            level: $level,
        }
    };
}

/// Everybody at the Montreuil table.
pub(super) const MONTREUIL: [Somebody; 33] = [
    who!(CCAS, Ccas, Social, None, "place de l’Essai", "93100", "Montreuil", (48.8618, 2.4413), (300, 50, 0), "lundi-vendredi 9h-17h", &[], Signatory),
    who!(HUB, Association, FoodAid, None, "12 rue des Pêchers", "93100", "Montreuil", (48.8702, 2.4645), (40_000, 12_000, 8_000), "lundi-samedi 7h-18h", &[], Signatory),
    who!("Épicerie des Ramenas", Association, FoodAid, Some((160, 420)), "8 rue des Ramenas", "93100", "Montreuil", (48.8655, 2.4490), (2_500, 700, 300), "mardi-vendredi 9h-12h", &[], Signatory),
    who!("Les Paniers de la Noue", Association, FoodAid, Some((55, 170)), "3 allée de la Noue", "93100", "Montreuil", (48.8628, 2.4256), (600, 120, 0), "lundi 14h-17h ; jeudi 9h-12h", &[], Contributor),
    who!("Table ouverte Croix-de-Chavaux", Association, FoodAid, Some((90, 210)), "21 rue du Capitaine", "93100", "Montreuil", (48.8579, 2.4361), (900, 400, 250), "lundi-vendredi 8h-11h", &[], Signatory),
    who!("Solidarité Bel-Air", Association, FoodAid, Some((120, 390)), "40 rue Bel-Air", "93100", "Montreuil", (48.8721, 2.4552), (1_500, 250, 120), "mercredi 9h-17h ; samedi 9h-12h", &[], Contributor),
    who!("Maraude des Grands-Pêchers", Collective, Citizens, Some((70, 95)), "rue des Grands-Pêchers", "93100", "Montreuil", (48.8688, 2.4601), (150, 40, 0), "lundi-dimanche 17h-20h", &["meat_fish_eggs"], Contributor),
    who!("Le Garde-manger du Bas-Montreuil", Association, FoodAid, Some((75, 240)), "15 rue de Paris", "93100", "Montreuil", (48.8556, 2.4240), (800, 200, 80), "mardi 9h-12h ; vendredi 14h-18h", &[], Contributor),
    who!("Entraide Villiers-Barbusse", Association, Solidarity, Some((48, 150)), "6 rue Barbusse", "93100", "Montreuil", (48.8601, 2.4478), (500, 90, 0), "jeudi 9h-12h", &[], Contributor),
    who!("Secours de la Boissière", Association, FoodAid, Some((140, 460)), "102 boulevard de la Boissière", "93100", "Montreuil", (48.8768, 2.4602), (2_000, 500, 400), "lundi-vendredi 9h-16h", &[], Signatory),
    who!("Restaurant solidaire La Louche", Ess, Ess, Some((60, 60)), "9 rue de la Louche", "93100", "Montreuil", (48.8587, 2.4419), (700, 350, 200), "lundi-vendredi 7h-10h", &[], Contributor),
    who!("Halte des Lilas-Romainville", Association, FoodAid, Some((65, 185)), "2 rue de la Halte", "93230", "Romainville", (48.8810, 2.4390), (600, 150, 60), "mardi-jeudi 9h-12h", &[], Contributor),
    who!("Foyer Rosny-Est", Association, Solidarity, Some((35, 110)), "17 rue de Rosny", "93100", "Montreuil", (48.8651, 2.4702), (400, 80, 40), "vendredi 9h-12h", &["meat_fish_eggs"], Contributor),
    who!("Collectif Étudiants Solidaires", Collective, Citizens, Some((180, 190)), "5 rue du Campus", "93100", "Montreuil", (48.8532, 2.4305), (500, 60, 0), "mercredi 16h-20h", &[], Contributor),
    who!("Association Ruffins-Théophile", Association, FoodAid, Some((85, 290)), "33 rue des Ruffins", "93100", "Montreuil", (48.8731, 2.4760), (900, 180, 90), "lundi 9h-12h ; jeudi 14h-17h", &[], Contributor),
    who!("Le Potager partagé de la Dhuys", Association, Ess, Some((30, 80)), "promenade de la Dhuys", "93100", "Montreuil", (48.8790, 2.4700), (200, 0, 0), "samedi 9h-13h", &["meat_fish_eggs", "ready_meals"], Contributor),
    who!("Mamans du Morillon", Collective, Childhood, Some((40, 135)), "square du Morillon", "93100", "Montreuil", (48.8744, 2.4688), (120, 20, 0), "mardi 14h-17h", &[], Contributor),
    who!("Fraternité Signac", Association, FoodAid, Some((95, 310)), "rue Paul-Signac", "93100", "Montreuil", (48.8692, 2.4732), (1_000, 220, 150), "mercredi-vendredi 9h-12h", &[], Contributor),
    who!("Repas du cœur de ville (fictif)", Association, FoodAid, Some((110, 130)), "1 rue du Marché", "93100", "Montreuil", (48.8611, 2.4388), (600, 300, 200), "lundi-samedi 8h-10h", &[], Signatory),
    who!("Accueil de jour La Passerine", Association, Social, Some((80, 85)), "27 rue Passerine", "93100", "Montreuil", (48.8563, 2.4468), (300, 120, 60), "lundi-vendredi 8h-12h", &[], Contributor),
    who!("Épicerie étudiante du Tramway", Association, FoodAid, Some((150, 155)), "avenue du Tramway", "93100", "Montreuil", (48.8660, 2.4310), (700, 180, 90), "jeudi 14h-19h", &[], Contributor),
    who!("Centre social des Lutèces (fictif)", PublicService, Social, Some((45, 160)), "14 rue des Lutèces", "93100", "Montreuil", (48.8705, 2.4385), (250, 40, 0), "lundi-vendredi 9h-18h", &[], Contributor),
    who!("Bébés & Compagnie", Association, Childhood, Some((60, 140)), "7 villa des Berceaux", "93100", "Montreuil", (48.8639, 2.4534), (350, 40, 0), "mardi-jeudi 9h-16h", &["meat_fish_eggs", "drinks"], Contributor),
    who!("Seniors du Haut-Montreuil", Association, Seniors, Some((50, 62)), "19 rue du Repos", "93100", "Montreuil", (48.8757, 2.4541), (200, 60, 30), "vendredi 9h-12h", &[], Contributor),
    who!("Permanence Santé Montreau", Association, Health, None, "parc Montreau", "93100", "Montreuil", (48.8760, 2.4810), (0, 0, 0), "", &[], Reader),
    who!("Service social de secteur (fictif)", PublicService, Social, None, "30 rue du Conseil", "93100", "Montreuil", (48.8599, 2.4402), (0, 0, 0), "", &[], Reader),
    who!(SHOP, Shop, Trade, None, "60 avenue du Parc", "93100", "Montreuil", (48.8683, 2.4478), (0, 0, 0), "lundi-samedi 6h-20h", &[], Contributor),
    who!("Primeur de la Croix (fictif)", Shop, Trade, None, "4 place du Marché", "93100", "Montreuil", (48.8574, 2.4355), (0, 0, 0), "mardi-dimanche 7h-14h", &[], Contributor),
    who!("Fournil Sansmiettes", Shop, Trade, None, "11 rue du Four", "93100", "Montreuil", (48.8640, 2.4330), (0, 0, 0), "mardi-samedi 7h-19h", &[], Contributor),
    who!("Cuisine centrale de démonstration", PublicService, Childhood, None, "zone de la Fraternité", "93100", "Montreuil", (48.8548, 2.4270), (0, 0, 0), "lundi-vendredi 6h-15h", &[], Contributor),
    who!("Entrepôt Grand-Est Frais (fictif)", Company, Economy, None, "quai de l’Essai", "93140", "Bondy", (48.9010, 2.4790), (0, 0, 0), "lundi-vendredi 5h-13h", &[], Contributor),
    who!("Ferme des Coteaux (fictive)", Producer, Farming, None, "chemin des Coteaux", "77410", "Claye-Souilly", (48.9440, 2.6900), (0, 0, 0), "", &[], Contributor),
    who!("Compost & Cie", Ess, Ess, None, "2 rue du Terreau", "93100", "Montreuil", (48.8715, 2.4660), (0, 0, 0), "", &[], Listed),
];

/// The tables above: Est Ensemble and the métropole.
pub(super) const ABOVE: [Somebody; 6] = [
    who!("Mission métropolitaine (fictive)", PublicService, Economy, None, "place de la Métropole", "75013", "Paris", (48.8380, 2.3770), (0, 0, 0), "", &[], Signatory),
    who!("Réseau Est solidaire (fictif)", Association, FoodAid, None, "1 rue du Canal", "93500", "Pantin", (48.8930, 2.4090), (0, 0, 0), "", &[], Signatory),
    who!("CCAS voisin de démonstration", Ccas, Social, None, "place du Canal", "93500", "Pantin", (48.8940, 2.4050), (0, 0, 0), "", &[], Contributor),
    who!("Antenne de Bondy (fictive)", Association, FoodAid, Some((130, 430)), "5 rue de l’Ourcq", "93140", "Bondy", (48.9050, 2.4850), (900, 150, 60), "mardi 9h-12h", &[], Contributor),
    who!("Chambre des maraîchers (fictive)", Producer, Farming, None, "route des Serres", "95000", "Cergy", (49.0360, 2.0760), (0, 0, 0), "", &[], Reader),
    who!("Table de Cergy (fictive)", Association, FoodAid, Some((60, 190)), "3 rue des Plants", "95000", "Cergy", (49.0400, 2.0700), (400, 80, 0), "jeudi 9h-12h", &[], Reader),
];
