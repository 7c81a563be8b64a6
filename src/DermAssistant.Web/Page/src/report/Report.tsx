import { Fragment } from 'react';
import { citationOf, ranges, type EvidenceDocument } from '../evidence/document';
import { urgencyOf } from '../evidence/Summary';
import { texts } from '../texts';

const words = texts.report;

export function Report({ documents }: { documents: EvidenceDocument[] }) {
  return (
    <article className="report">
      <header>
        <h1>{words.title}</h1>
        <p>{words.made(new Date().toLocaleString('en-GB', { dateStyle: 'long', timeStyle: 'short' }))}</p>
        <p className="report__disclaimer">{words.disclaimer}</p>
      </header>
      {documents.map((document) => <Turn key={document.answerId} document={document} />)}
    </article>
  );
}

function Turn({ document }: { document: EvidenceDocument }) {
  const urgency = urgencyOf(document);
  const paragraphs = [...new Set(document.claims.map((claim) => claim.paragraph))].sort((a, b) => a - b);
  const cited = document.citations.map((id) => document.evidence.find((record) => record.id === id)).filter((record) => record !== undefined);
  return (
    <section className="report__turn">
      <h2>{document.question}</h2>
      <p className="report__meta">{new Date(document.at).toLocaleString('en-GB', { dateStyle: 'long', timeStyle: 'short' })}. {words.modelLine(document.models.encoder, document.models.chat)}</p>
      {document.photos.length > 0 && (
        <div className="report__photos">
          {document.photos.map((photo) => (
            <figure key={photo.number}>
              <img src={photo.url} alt={texts.chat.photoAlt(photo.file)} />
              <figcaption>{texts.evidence.photo(photo.number)}: {photo.file}</figcaption>
            </figure>
          ))}
        </div>
      )}
      {urgency && <p className="report__urgency"><strong>{texts.evidence.sections.urgency}: {texts.evidence.urgency[urgency.urgency] ?? urgency.urgency}.</strong> {urgency.meaning}</p>}
      {paragraphs.map((paragraph) => (
        <p key={paragraph}>
          {document.claims.filter((claim) => claim.paragraph === paragraph).map((claim, index) => {
            const numbers = claim.evidence.map((id) => citationOf(document, id)).filter((number) => number !== undefined);
            return <Fragment key={index}>{claim.text}{numbers.length > 0 && <sup>{ranges(numbers)}</sup>} </Fragment>;
          })}
        </p>
      ))}
      {cited.length > 0 && (
        <>
          <h3>{words.evidence}</h3>
          <ol className="report__evidence">
            {cited.map((record) => (
              <li key={record.id}>
                {record.text}
                {typeof record.data.url === 'string' && <span className="report__source"> {[record.data.source, record.data.url, record.data.licence].filter(Boolean).join(', ')}</span>}
              </li>
            ))}
          </ol>
        </>
      )}
    </section>
  );
}
