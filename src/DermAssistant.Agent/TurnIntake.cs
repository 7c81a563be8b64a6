using DermAssistant.Imaging;
using DermAssistant.Ontology;

namespace DermAssistant.Agent;

/// <summary>A question with everything known before a chat model sees it: photos read and numbered, signs found, what is meant, the briefing.</summary>
/// <param name="Photos">The conversation's photos, those of this question included.</param>
/// <param name="Fresh">Numbers of the photos that came with the question.</param>
/// <param name="Refused">The conversation's files that could not be used, those of this question included.</param>
/// <param name="TurnedAway">Those of this question.</param>
/// <param name="Files">Every file that came with the question, in order.</param>
/// <param name="Spoken">Numbers of the photos that "it" and "they" mean next.</param>
internal sealed record TurnIntake(
    string Question,
    IReadOnlyList<ConversationPhoto> Photos,
    IReadOnlyList<int> Fresh,
    IReadOnlyList<RefusedFile> Refused,
    IReadOnlyList<RefusedFile> TurnedAway,
    IReadOnlyList<TurnPhoto> Files,
    IReadOnlyList<int> Spoken,
    QuestionMeaning Meaning,
    IReadOnlyList<ReportedSign> Signs,
    Briefing Briefing)
{
    /// <summary>The photo a tool means when none is given, or null.</summary>
    public int? CurrentPhoto => Briefing.CurrentPhoto;

    /// <summary>What the user has said of the colour of the skin, now or before; null where nothing was.</summary>
    public SaidSkinTone? SkinTone { get; init; }

    public static TurnIntake Take(
        AgentRoom room, Conversation conversation, string question, IReadOnlyList<GateResult> files, IProgress<AnswerProgress>? progress, CancellationToken cancellationToken)
    {
        var photos = conversation.Photos.ToList();
        var refused = conversation.Refused.ToList();
        var (sent, fresh, turnedAway) = (new List<int>(), new List<int>(), new List<RefusedFile>());
        foreach (var file in files)
        {
            var number = file.Photo is { } photo ? Accept(file, photo.Sha256) : Refuse(file.Report);
            if (!sent.Contains(number)) sent.Add(number);
        }

        var (said, isReply) = room.Triage.SignsIn(question, conversation.AskedSigns is [.., var asked] ? asked : null);
        var signs = Triage.Merge(conversation.Signs, said);
        var reports = isReply || room.Triage.IsReport(said);
        var meaning = room.Questions.Read(question, photos.Count > 0, sent.Count > 0, reports, photos.Count + refused.Count > 1);
        // With nothing readable no number matters: there is no photo.
        var meant = photos.Count == 0 ? MeantPhotos.None : MeantPhotos.Of(meaning, new(photos.Count + refused.Count, [.. photos.Select(p => p.Number)], sent, fresh, SpokenBefore(conversation)));
        int? current = meant.Numbers.Count > 0 ? meant.Numbers[^1] : null;
        // Neither a new photo nor one that is named goes by what was said of another.
        var focus = files.Count > 0 || (meant.Named && meant.Numbers.Count > 0) ? null
            : conversation.Focus is { } id && room.Ontology.Find(id) is { } node ? new NodeName(node.Id, node.Name) : null;
        var leading = photos.FirstOrDefault(p => p.Number == current)?.Reading.Differential is [var first, ..] ? first.Id : null;
        var briefing = new Briefing(
            [.. photos.Select(p => new BriefedPhoto(p.Number, p.File, fresh.Contains(p.Number)))],
            [.. refused.Select(p => new BriefedPhoto(p.Number, p.File, turnedAway.Contains(p)))],
            meant,
            current,
            focus,
            focus is not null && focus.Id == leading,
            [.. signs.Where(sign => !sign.Denied).Select(sign => sign.Id)],
            reports,
            room.English.Misses(question));
        IReadOnlyList<int> spoken = meant.Named && meant.Numbers.Count == 0 ? sent.Count > 0 ? sent : SpokenBefore(conversation)
            : meaning.Intents is [Intent.Urgency] && meant.Urgent.Count > 0 ? meant.Urgent
            : meant.Numbers.Count > 0 ? meant.Numbers : sent;
        return new(
            question, photos, fresh, refused, turnedAway,
            [.. files.Select(f => new TurnPhoto(f.Report.File, f.Photo?.Sha256 ?? f.Report.Sha256, f.Photo is not null))],
            spoken, meaning, signs, briefing)
        {
            SkinTone = room.SkinTones.Said(question) ?? conversation.SkinTone,
        };

        int Next() => photos.Count + refused.Count + 1;

        int Accept(GateResult file, string sha256)
        {
            // The same photo sent again keeps its number and its reading.
            var known = photos.FirstOrDefault(p => p.Sha256 == sha256);
            if (known is null)
            {
                progress?.Report(new AnswerProgress(room.Phrases.Progress("read", ("photo", files.Count == 1 ? "your photo" : file.Report.File)), null));
                known = new ConversationPhoto(Next(), file.Report.File, sha256, room.Read(file, cancellationToken));
                photos.Add(known);
            }

            if (!fresh.Contains(known.Number)) fresh.Add(known.Number);
            return known.Number;
        }

        int Refuse(GateReport report)
        {
            var known = refused.Find(r => report.Sha256 is { } hash ? r.Sha256 == hash : r.Sha256 is null && r.File == report.File);
            if (known is null)
            {
                known = new RefusedFile(Next(), report.File, report.Sha256, report.Reasons);
                refused.Add(known);
            }

            if (!turnedAway.Contains(known)) turnedAway.Add(known);
            return known.Number;
        }
    }

    // A conversation kept by an earlier version holds the current photo only.
    private static IReadOnlyList<int> SpokenBefore(Conversation conversation) =>
        conversation.Spoken.Count > 0 ? conversation.Spoken : conversation.CurrentPhoto is { } current ? [current] : [];
}
