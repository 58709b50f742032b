/**
 * Spellings of the US postal service that mean the same thing. Keys and values are upper case without punctuation.
 * Source: USPS Publication 28, appendices B (directionals), C1 (street suffixes) and C2 (unit designators); the common ones.
 */
const SUFFIX_ROWS = [
  'ALY ALLEY ALLEE ALLY',
  'AVE AVENUE AV AVEN AVENU AVN AVNUE',
  'BCH BEACH',
  'BLF BLUFF BLUF',
  'BLVD BOULEVARD BOUL BOULV',
  'BND BEND',
  'BR BRANCH BRNCH',
  'BRG BRIDGE BRDGE',
  'BRK BROOK',
  'CIR CIRCLE CIRC CIRCL CRCL CRCLE',
  'CLB CLUB',
  'CMN COMMON',
  'COR CORNER',
  'CRES CRESCENT CRSENT CRSNT',
  'CRK CREEK',
  'CRST CREST',
  'CSWY CAUSEWAY CAUSWA',
  'CT COURT',
  'CV COVE',
  'CYN CANYON CANYN CNYN',
  'DR DRIVE DRIV DRV',
  'EST ESTATE',
  'ESTS ESTATES',
  'EXPY EXPRESSWAY EXP EXPR EXPRESS EXPW',
  'FLD FIELD',
  'FLDS FIELDS',
  'FRST FOREST FORESTS',
  'FWY FREEWAY FREEWY FRWAY FRWY',
  'GDN GARDEN GARDN GRDEN GRDN',
  'GDNS GARDENS GRDNS',
  'GLN GLEN',
  'GRN GREEN',
  'GRV GROVE GROV',
  'GTWY GATEWAY GATEWY GATWAY GTWAY',
  'HBR HARBOR HARB HARBR HRBOR',
  'HL HILL',
  'HLS HILLS',
  'HOLW HOLLOW HLLW HOLLOWS HOLWS',
  'HTS HEIGHTS HT',
  'HWY HIGHWAY HIGHWY HIWAY HIWY HWAY',
  'IS ISLAND ISLND',
  'JCT JUNCTION JCTION JCTN',
  'KNL KNOLL KNOL',
  'LK LAKE',
  'LN LANE LA',
  'LNDG LANDING LNDNG',
  'LOOP LOOPS',
  'MDW MEADOW',
  'MDWS MEADOWS MEDOWS',
  'MNR MANOR',
  'MT MOUNT MNT',
  'MTN MOUNTAIN MNTAIN MNTN MOUNTIN MTIN',
  'OVAL OVL',
  'PARK PRK',
  'PASS PSGE PASSAGE',
  'PATH PATHS',
  'PKWY PARKWAY PARKWY PKWAY PKY',
  'PL PLACE',
  'PLN PLAIN',
  'PLZ PLAZA PLZA',
  'PT POINT',
  'RD ROAD',
  'RDG RIDGE RDGE',
  'RIV RIVER RVR RIVR',
  'ROW ROWE',
  'RTE ROUTE',
  'RUN RUNS',
  'SHR SHORE SHOAR',
  'SPG SPRING SPNG SPRNG',
  'SPGS SPRINGS SPNGS SPRNGS',
  'SQ SQUARE SQR SQRE SQU',
  'ST STREET STRT STR',
  'TER TERRACE TERR',
  'TPKE TURNPIKE TRNPK TURNPK',
  'TRCE TRACE TRACES',
  'TRL TRAIL TRAILS TRLS',
  'VIS VISTA VIST VST VSTA',
  'VLG VILLAGE VILL VILLAG VILLG',
  'VLY VALLEY VALLY VLLY',
  'VW VIEW',
  'WALK WALKS',
  'WAY WY',
  'XING CROSSING CRSSNG',
];

const DIRECTION_ROWS = [
  'N NORTH',
  'S SOUTH',
  'E EAST',
  'W WEST',
  'NE NORTHEAST',
  'NW NORTHWEST',
  'SE SOUTHEAST',
  'SW SOUTHWEST',
];

const ORDINAL_ROWS = [
  '1ST FIRST',
  '2ND SECOND',
  '3RD THIRD',
  '4TH FOURTH',
  '5TH FIFTH',
  '6TH SIXTH',
  '7TH SEVENTH',
  '8TH EIGHTH',
  '9TH NINTH',
  '10TH TENTH',
];

export const STREET_SUFFIXES = spellings(SUFFIX_ROWS);
export const DIRECTIONS = spellings(DIRECTION_ROWS);
export const ORDINALS = spellings(ORDINAL_ROWS);

/** Words before the name of a unit that say nothing more than "unit". A floor or a building is part of the name. */
export const UNIT_WORDS: ReadonlySet<string> = new Set([
  'APT',
  'APARTMENT',
  'UNIT',
  'STE',
  'SUITE',
  'NO',
  'NUM',
  'NUMBER',
  'RM',
  'ROOM',
]);
export const UNIT_PLACES: ReadonlyMap<string, string> = spellings([
  'BLDG BUILDING',
  'FL FLOOR FLR',
  'LOT',
  'SPC SPACE',
]);

/** After these a number is the road's own ("Highway 12"), never a unit. */
export const NUMBERED_ROADS: ReadonlySet<string> = new Set(['HWY', 'RTE']);
/** Before "Road" these make the number after it the road's own ("County Road 12"). */
export const NUMBERED_ROAD_PREFIXES: ReadonlySet<string> = new Set(['COUNTY', 'STATE', 'RANCH', 'FARM', 'FOREST']);

function spellings(rows: readonly string[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const row of rows) {
    const words = row.split(' ');
    const short = words[0] ?? row;
    for (const word of words) found.set(word, short);
  }
  return found;
}
