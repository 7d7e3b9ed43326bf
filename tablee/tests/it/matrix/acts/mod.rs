//! Every act that a person may try, on Lilas's things and in their coordination.

use kernel::Cx;

use super::scene::Scene;
use super::usecases::{Closed, Ended, ended};

/// What was tried, for whom it is closed, and how it ended.
type Tried = Vec<(&'static str, Closed, Ended)>;

macro_rules! tried {
    ($($name:literal $closed:ident $act:expr;)*) => {
        vec![$(($name, Closed::$closed, ended($act.await))),*]
    };
}

mod cards;
mod food;
mod network;
mod sharing;

/// Tries everything once.
pub async fn all(scene: &Scene, cx: &Cx) -> Tried {
    let mut tried = network::network(scene, cx).await;
    tried.extend(cards::directory(scene, cx).await);
    tried.extend(cards::goods(scene, cx).await);
    tried.extend(food::stock(scene, cx).await);
    tried.extend(food::collections(scene, cx).await);
    tried.extend(sharing::requests(scene, cx).await);
    tried.extend(sharing::allocation(scene, cx).await);
    tried
}
