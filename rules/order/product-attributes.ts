/** What goods are, beyond name and code. Apart from the order, because a correction may state them too. */
import { z } from 'zod';

/** Materials that some market asks about. */
export const materials = [
  'cotton',
  'polysilicon',
  'pvc',
  'aluminium',
  'steel',
  'iron',
  'copper',
  'tomato',
  'plastic',
  'leather',
  'down',
  'wood',
  'bamboo',
  'glass',
  'ceramic',
  'paper',
  'rubber',
  'precious-metal',
  'rare-earth',
] as const;

const flag = z.boolean();
/**
 * What the goods are, beyond name and code; the rules of a market decide by these, an HS prefix only suggests. What is left
 * out is not stated, which is neither yes nor no.
 */
export const productAttributesSchema = z
  .strictObject({
    /** Sends radio on purpose: Wi-Fi, Bluetooth, cellular, remote control. */
    hasRadio: flag,
    /** Can reach the internet, by itself or through another device. */
    internetConnected: flag,
    /** Electrical or electronic at all. */
    electronics: flag,
    /** Runs on 50–1000 V AC or 75–1500 V DC. */
    mainsVoltage: flag,
    hasBattery: flag,
    lithiumBattery: flag,
    coinCell: flag,
    /** Of the largest battery. */
    batteryWattHours: z.number().min(0).max(1_000_000),
    intendedAgeMax: z.number().int().min(0).max(99),
    toy: flag,
    foodContact: flag,
    skinContact: flag,
    solidWood: flag,
    woodComposite: flag,
    /** Wood, bamboo, rattan, straw or another plant in the goods themselves. */
    plantMaterial: flag,
    textile: flag,
    apparel: flag,
    mattress: flag,
    upholstered: flag,
    /** Chests and wardrobes, which tip over. */
    clothingStorage: flag,
    helmet: flag,
    cosmetic: flag,
    medicalClaim: flag,
    medicine: flag,
    protectiveEquipment: flag,
    food: flag,
    animalProduct: flag,
    plantProduct: flag,
    laser: flag,
    /** Microwaves, ultraviolet light, X-rays. */
    emitsRadiation: flag,
    pesticidalClaim: flag,
    machinery: flag,
    vehiclePart: flag,
    engine: flag,
    /** Classed as dangerous goods in transport. */
    dangerousGoods: flag,
    /** On a control list of dual-use goods. */
    dualUse: flag,
    /** Of a listed wild animal or plant. */
    wildlife: flag,
    culturalRelic: flag,
    patentedDesign: flag,
    /** The goods, or their pack where that is allowed, are marked with the country of origin. */
    originMarked: flag,
    /** Offered to consumers, or likely used by them. */
    consumerProduct: flag,
    /** Share of steel, aluminium and copper in the weight, in percent. */
    metalWeightPercent: z.number().min(0).max(100),
    materials: z.array(z.enum(materials)).max(materials.length),
  })
  .partial();
export type ProductAttributes = z.infer<typeof productAttributesSchema>;
