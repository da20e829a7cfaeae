/**
 * The customs wire: JSON over HTTP with the element names of GACC Announcement 67/2018, misspellings included
 * (`GrossWet`, `DistinatePort`). The Single Window's XML and file drop carry the same names.
 */
import { z } from 'zod';

/** 报关单表头, as far as a declaration of ours fills it. Weights in kg; codes of the customs tables. */
export const decHeadSchema = z.object({
  SeqNo: z.string(),
  EntryId: z.string(),
  IEFlag: z.literal('E'),
  CutMode: z.string(),
  TradeMode: z.string(),
  TradeName: z.string(),
  TradeCoScc: z.string(),
  OverseasConsigneeEname: z.string(),
  /** Expected export date, YYYYMMDD. */
  IEDate: z.string(),
  /** Declaration date, YYYYMMDD. */
  DDate: z.string(),
  TrafMode: z.string(),
  TrafName: z.string(),
  TradeCountry: z.string(),
  DistinatePort: z.string(),
  TransMode: z.string(),
  FeeMark: z.string(),
  FeeRate: z.string(),
  FeeCurr: z.string(),
  InsurMark: z.string(),
  InsurRate: z.string(),
  InsurCurr: z.string(),
  PackNo: z.string(),
  WrapType: z.string(),
  GrossWet: z.string(),
  NetWt: z.string(),
  ContrNo: z.string(),
  MarkNo: z.string(),
  NoteS: z.string(),
});

/** 报关单表体: one declared item. */
export const decListSchema = z.object({
  GNo: z.string(),
  CodeTS: z.string(),
  GName: z.string(),
  GModel: z.string(),
  GQty: z.string(),
  GUnit: z.string(),
  DeclPrice: z.string(),
  DeclTotal: z.string(),
  TradeCurr: z.string(),
  OriginCountry: z.string(),
  DestinationCountry: z.string(),
});

/** `POST /declarations`. `OperType` C declares; an amendment (修改) names the earlier declaration in `EntryId`. */
export const decMessageSchema = z.object({
  DecHead: decHeadSchema,
  DecLists: z.array(decListSchema).min(1).max(50),
  DecSign: z.object({
    OperType: z.enum(['C']),
    /** Own unique number of the declaration: our outbound key, so organisation and reference travel in it. */
    ClientSeqNo: z.string(),
    /** When it was signed, ISO 8601 UTC. */
    SignTime: z.string(),
  }),
});
export type DecMessage = z.infer<typeof decMessageSchema>;

/** The client's answer to a submission: `ResponseCode` 0 is taken; no `SeqNo` when it failed. */
export const decImportResponseSchema = z.object({
  ResponseCode: z.string(),
  ErrorMessage: z.string(),
  ClientSeqNo: z.string(),
  SeqNo: z.string().optional(),
});
export type DecImportResponse = z.infer<typeof decImportResponseSchema>;

/** A later receipt 回执 (`DEC_RESULT`). */
export const decResultSchema = z.object({
  CUS_CIQ_NO: z.string(),
  ENTRY_ID: z.string(),
  /** ISO 8601 UTC. */
  NOTICE_DATE: z.string(),
  CHANNEL: z.string(),
  NOTE: z.string(),
  /** YYYYMMDD, once known. */
  I_E_DATE: z.string().optional(),
});
export type DecResult = z.infer<typeof decResultSchema>;

/** `GET /declarations/{ClientSeqNo}`: what customs has for it, the receipts that are out by now oldest first; 404 when it never came. */
export const declarationStatusSchema = z.object({
  response: decImportResponseSchema,
  receipts: z.array(decResultSchema),
});
export type DeclarationStatus = z.infer<typeof declarationStatusSchema>;
