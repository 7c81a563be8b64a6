import { useEffect, useRef, useState } from 'react';
import { icons } from '../icons';
import { useViewer } from '../photo/Viewer';
import { useEvidenceBeside } from '../shell/layout';
import { texts } from '../texts';
import { useAnswer, useAnswers } from './answers';
import { Differential } from './Differential';
import { about, number, type AnswerPhoto, type EvidenceDocument } from './document';
import { Concepts, Measurements, OntologyStatements } from './Findings';
import { Item } from './Item';
import { OntologyTree } from './OntologyTree';
import { SimilarCases } from './SimilarCases';
import { UrgencySection } from './UrgencySection';

const words = texts.evidence;

/** Beside the chat: everything the selected answer rests on. Over it on a narrow screen. */
export function EvidencePanel() {
  const { selected, panelOpen, setPanelOpen, load } = useAnswers();
  const loaded = useAnswer(selected);
  const panel = useRef<HTMLElement>(null);
  const beside = useEvidenceBeside();
  const wasOpen = useRef(false);

  // Where the panel covers the chat, the focus goes with what is seen.
  useEffect(() => {
    if (panelOpen !== wasOpen.current && !beside) {
      if (panelOpen && !panel.current!.contains(window.document.activeElement)) panel.current!.focus();
      if (!panelOpen && selected) window.document.querySelector<HTMLElement>(`[data-answer="${CSS.escape(selected)}"] .answer__evidence`)?.focus();
    }
    wasOpen.current = panelOpen;
  }, [panelOpen, selected, beside]);
  const document = typeof loaded === 'object' ? loaded : undefined;

  return (
    <aside
      ref={panel} id="evidence" className={panelOpen ? 'panel panel--open' : 'panel'} aria-label={words.title} tabIndex={-1}
      onKeyDown={(event) => { if (event.key === 'Escape') setPanelOpen(false); }}
    >
      <header className="panel__head">
        <button type="button" className="button button--icon button--quiet panel__back" onClick={() => setPanelOpen(false)} aria-label={words.close}><icons.back /></button>
        <h2>{words.title}</h2>
      </header>
      {document
        ? <Evidence key={document.answerId} document={document} />
        : loaded === 'failed' && selected
          ? <p className="panel__empty">{texts.chat.evidenceFailed} <button type="button" className="link" onClick={() => load(selected, true)}>{texts.chat.retry}</button></p>
          : loaded === 'loading'
            ? <p className="panel__empty" role="status">{texts.chat.evidenceLoading}</p>
            : <div className="panel__empty"><p>{words.empty}</p><p>{words.emptyHint}</p></div>}
    </aside>
  );
}

function Evidence({ document }: { document: EvidenceDocument }) {
  const { reveal } = useAnswers();
  const [shown, setShown] = useState(document.photos[0]?.number);
  const photo = document.photos.find((one) => one.number === shown);

  // A number in the text can point at evidence of the other photo.
  useEffect(() => {
    const record = document.evidence.find((one) => one.id === reveal?.evidence[0]);
    const of = record && number(record.data, 'photo');
    if (of !== undefined && document.photos.some((one) => one.number === of)) setShown(of);
  }, [reveal, document]);

  return (
    <div className="panel__body">
      <p className="panel__question"><span className="quiet">{words.forQuestion}</span> {document.question}</p>
      {document.photos.length > 1 && (
        <div className="tabs" role="group" aria-label={words.sections.photo}>
          {document.photos.map((one) => (
            <button key={one.number} type="button" className="button button--small" aria-pressed={one.number === shown} onClick={() => setShown(one.number)}>{words.photo(one.number)}</button>
          ))}
        </div>
      )}
      {photo && <PhotoFacts document={document} photo={photo} />}
      <UrgencySection document={document} photo={shown} />
      <Differential document={document} photo={shown} reading={photo?.reading ?? undefined} />
      <OntologyTree document={document} photo={shown} reading={photo?.reading ?? undefined} />
      <Concepts document={document} photo={shown} />
      <Measurements document={document} photo={shown} />
      <SimilarCases document={document} />
      <OntologyStatements document={document} />
      <p className="quiet panel__model">{document.photos[0]?.reading?.model && words.model(document.photos[0].reading.model.id, document.photos[0].reading.model.version)}</p>
    </div>
  );
}

function PhotoFacts({ document, photo }: { document: EvidenceDocument; photo: AnswerPhoto }) {
  const show = useViewer();
  const [gone, setGone] = useState(false);
  const record = about(document, photo.number, 'photo')[0];
  const facts = photo.reading?.photo;
  const warnings = facts?.quality?.warnings ?? [];
  return (
    <div className="facts">
      {gone
        ? <p className="quiet">{texts.chat.photoGone}</p>
        : (
          <button type="button" className="facts__photo" onClick={() => show({ src: photo.url, title: photo.file })} aria-label={words.enlarge(photo.number)}>
            <img src={photo.url} alt={texts.chat.photoAlt(photo.file)} onError={() => setGone(true)} />
          </button>
        )}
      <div className="facts__text">
        {facts && <p>{words.photoFacts(facts.modality, facts.width, facts.height)}</p>}
        {photo.reading?.outsideKnowledge && <p className="notice">{photo.reading.outsideKnowledge}</p>}
        {warnings.map((warning) => <p key={warning} className="notice">{warning}</p>)}
        {record && <ul className="statements"><Item document={document} record={record}>{record.text}</Item></ul>}
      </div>
    </div>
  );
}
