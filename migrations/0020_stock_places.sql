-- One zone per holder, site and cold, and one outside place of each kind per coordination: two acts that open
-- the same place at the same instant find one place.
CREATE UNIQUE INDEX place_one_zone ON place (coordination_id, structure_id, COALESCE(site_id, structure_id), temperature_class)
    WHERE kind = 'zone';
CREATE UNIQUE INDEX place_one_outside ON place (coordination_id, kind) WHERE outside;
-- A movement is corrected once.
CREATE UNIQUE INDEX movement_corrects ON movement (corrects_id);
