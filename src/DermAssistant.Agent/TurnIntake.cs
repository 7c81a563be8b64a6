using DermAssistant.Imaging;
using DermAssistant.Ontology;

namespace DermAssistant.Agent;

/// <summary>A question with everything known before a chat model sees it: photos read and numbered, signs found, the briefing.</summary>
/// <param name="Photos">The conversation's photos, those of this question included.</param>
/// <param name="Fresh">Numbers of the photos that came with the question.</param>
/// <param name="Files">Every file that came with the question, in order.</param>
internal sealed record TurnIntake(
    string Question,
    IReadOnlyList<ConversationPhoto> Photos,
    IReadOnlyList<int> Fresh,
    IReadOnlyList<GateReport> Refused,
    IReadOnlyList<TurnPhoto> Files,
    int? CurrentPhoto,
    IReadOnlyList<ReportedSign> Signs,
    Briefing Briefing)
{
    public static TurnIntake Take(
        AgentRoom room, Conversation conversation, string question, IReadOnlyList<GateResult> files, IProgress<AnswerProgress>? progress, CancellationToken cancellationToken)
    {
        var photos = conversation.Photos.ToList();
        var fresh = new List<int>();
        var refused = new List<GateReport>();
        foreach (var file in files)
        {
            if (file.Photo is not { } photo)
            {
                refused.Add(file.Report);
                continue;
            }

            // The same photo sent again keeps its number and its reading.
            var known = photos.FirstOrDefault(p => p.Sha256 == photo.Sha256);
            if (known is null)
            {
                progress?.Report(new AnswerProgress(room.Phrases.Progress("read", ("photo", files.Count == 1 ? "your photo" : file.Report.File)), null));
                known = new ConversationPhoto(photos.Count + 1, file.Report.File, photo.Sha256, room.Read(file, cancellationToken));
                photos.Add(known);
            }

            if (!fresh.Contains(known.Number)) fresh.Add(known.Number);
        }

        var (said, isReply) = room.Triage.SignsIn(question, conversation.AskedSigns is [.., var asked] ? asked : null);
        var signs = Triage.Merge(conversation.Signs, said);
        int? current = fresh.Count > 0 ? fresh[^1] : conversation.CurrentPhoto;
        var focus = fresh.Count > 0 ? null : conversation.Focus is { } id && room.Ontology.Find(id) is { } node ? new NodeName(node.Id, node.Name) : null;
        var leading = photos.FirstOrDefault(p => p.Number == current)?.Reading.Differential is [var first, ..] ? first.Id : null;
        var briefing = new Briefing(
            [.. photos.Select(p => new BriefedPhoto(p.Number, p.File, fresh.Contains(p.Number)))],
            current,
            focus,
            focus is not null && focus.Id == leading,
            [.. signs.Where(sign => !sign.Denied).Select(sign => sign.Id)],
            isReply || room.Triage.IsReport(said));
        return new(
            question, photos, fresh, refused,
            [.. files.Select(f => new TurnPhoto(f.Report.File, f.Photo?.Sha256 ?? f.Report.Sha256, f.Photo is not null))],
            current, signs, briefing);
    }
}
