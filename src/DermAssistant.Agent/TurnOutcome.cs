using System.Text.Json.Nodes;
using DermAssistant.Diagnosis;

namespace DermAssistant.Agent;

/// <summary>Makes the answer of a draft: what became of the files, the grounded claims, the urgency nobody may leave out, what to remember.</summary>
internal sealed class TurnOutcome
{
    private readonly AgentRoom _room;
    private readonly ChatModel _model;
    private readonly Conversation _conversation;
    private readonly TurnIntake _intake;
    private readonly EvidenceLedger _ledger;
    private readonly TurnDraft _draft;
    private readonly bool _stopped;
    private readonly IReadOnlyList<ConversationPhoto> _spoken;
    private readonly IReadOnlyList<Claim> _claims;
    private readonly IReadOnlyList<RemovedClaim> _removed;

    private TurnOutcome(AgentRoom room, ChatModel model, Conversation conversation, TurnIntake intake, EvidenceLedger ledger, TurnDraft draft, string? note)
    {
        (_room, _model, _conversation, _intake, _ledger, _draft) = (room, model, conversation, intake, ledger, draft);
        _stopped = new NarratorPlan(intake.Meaning, intake.Briefing, new ToolLog([])).Stopped;
        var preface = Draft.Read(Preface(note));
        _spoken = SpokenOf();
        var urgencies = Urgencies();
        var first = preface.Count == 0 ? 0 : preface[^1].Paragraph + 1;
        var body = Draft.Read(draft.Text).Select(sentence => sentence with { Paragraph = sentence.Paragraph + first }).ToList();

        var context = new GroundingContext(
            _ledger.Items,
            [.. intake.Photos.Select(photo => photo.Number)],
            [.. intake.Refused.Select(file => file.Number)],
            urgencies.Where(u => u.Result.Urgency is not null).ToDictionary(u => u.Photo, u => u.Result.Urgency!.Value));
        var opening = room.Grounding.Check(preface, context);
        var grounded = room.Grounding.Check(body, context);
        Answered = grounded.Claims.Count > 0;
        // Who needs help now reads that first, whatever the model put there.
        var leads = context.Floor([]) >= Ontology.Urgency.Urgent && model != room.Narrator;
        var lead = room.Grounding.Check(leads ? Stated(grounded.Claims.Take(1).ToList(), urgencies, first) : [], context);
        if (lead.Claims.Count > 0) grounded = grounded with { Claims = [.. grounded.Claims.Select(claim => claim with { Paragraph = claim.Paragraph + 1 })] };
        IReadOnlyList<Claim> said = [.. lead.Claims, .. grounded.Claims];
        var closing = room.Grounding.Check(Closing(said, urgencies, said.Count == 0 ? first : said[^1].Paragraph + 1), context);
        var noted = SkinToneNotes([.. opening.Claims, .. said, .. closing.Claims], urgencies, context);
        _claims = [.. opening.Claims, .. said, .. closing.Claims, .. noted.Claims];
        _removed = [.. opening.Removed, .. lead.Removed, .. grounded.Removed, .. closing.Removed, .. noted.Removed];
    }

    /// <summary>Whether anything of the model's draft could stand.</summary>
    public bool Answered { get; }

    public static TurnOutcome Of(AgentRoom room, ChatModel model, Conversation conversation, TurnIntake intake, EvidenceLedger ledger, TurnDraft draft, string? note) =>
        new(room, model, conversation, intake, ledger, draft, note);

    public (Answer Answer, Conversation Remembered) Finish()
    {
        var text = Answer.Join(_claims);
        var turn = new ConversationTurn(_intake.Question, _intake.Files, text);
        var remembered = _conversation with
        {
            Photos = _intake.Photos,
            Refused = _intake.Refused,
            Turns = [.. _conversation.Turns, turn],
            CurrentPhoto = _intake.Spoken.Count > 0 ? _intake.Spoken[^1] : null,
            Spoken = _intake.Spoken,
            Focus = Focus(),
            Signs = _intake.Signs,
            SkinTone = _intake.SkinTone,
            AskedSigns = Suggestions.Asked(_room, _conversation, _intake),
        };
        var read = _spoken.Count > 0 ? _spoken[0] : _intake.Photos is [var any, ..] ? any : null;
        var tools = _draft.Calls.Select(call => call.Tool).Distinct().ToList();
        var answer = new Answer(
            _conversation.Id,
            text,
            _claims,
            _removed,
            Suggestions.For(_room, remembered, tools),
            tools,
            _ledger.Items,
            new AnswerModels(_model.Name, read?.Reading.Model.Id ?? ""),
            [.. _spoken.Select(photo => photo.Reading)])
        {
            Asks = Suggestions.Question(_room, remembered),
            Begins = _conversation.Turns.Count == 0,
        };
        return (answer with { Bundle = EvidenceBundle.Of(_room, answer, remembered, _spoken, _draft) }, remembered);
    }

    // A file that could not be used is said first, with the reason; so is a photo that is asked about and not there.
    private string Preface(string? note)
    {
        var draft = new DraftWriter();
        var meant = _intake.Briefing.Meant;
        var labels = _intake.Photos.Count > 0 && _intake.Photos.Count + _intake.Refused.Count > 1;
        foreach (var file in _intake.Refused)
        {
            if (_intake.TurnedAway.Contains(file))
            {
                var evidence = Refused(file, labels ? [_room.Phrases.Phrase("refused.number", ("n", $"{file.Number}"))] : []);
                draft.Say(_room.Phrases.Phrase("refused", ("file", file.File)), evidence);
                foreach (var reason in file.Reasons) draft.Say(reason, evidence);
                if (labels) draft.Say(_room.Phrases.Phrase("refused.number", ("n", $"{file.Number}")), evidence);
            }
            else if (meant.Numbers.Contains(file.Number) && (_stopped || meant.Named))
            {
                var said = _room.Phrases.Phrase("refused.before", ("n", $"{file.Number}"), ("file", file.File));
                draft.Say(said, Refused(file, [said]));
            }
        }

        if (meant.Missing.Count > 0 || meant.NoOther) Missing(draft, meant);
        if (_stopped && meant.Missing.Count == 0 && !meant.NoOther)
        {
            var rest = _room.Phrases.Phrase("refused.rest", ("photos", Words.List([.. _intake.Photos.Select(photo => $"photo {photo.Number} ({Path.GetFileName(photo.File)})")])));
            draft.Say(rest, Sent(rest));
        }

        if (_intake.Briefing.OtherLanguage)
        {
            draft.Say(_room.Phrases.Phrase(_model == _room.Narrator ? "language" : "language.model"));
            draft.Say(_room.Phrases.Phrase("language.please"));
        }

        if (note is not null) draft.Say(note);
        return draft.ToString();
    }

    private string Refused(RefusedFile file, IReadOnlyList<string> said) => _ledger.Add(
        EvidenceKind.Photo,
        $"refused {file.File} {file.Sha256}",
        $"The file {file.File} could not be used: {string.Join(' ', file.Reasons)}",
        new JsonObject
        {
            ["file"] = file.File,
            ["sha256"] = file.Sha256,
            ["accepted"] = false,
            ["reasons"] = new JsonArray([.. file.Reasons.Select(reason => (JsonNode)reason)]),
            ["absent"] = new JsonArray([.. said.Select(sentence => (JsonNode)sentence)]),
            ["photo"] = file.Number,
        });

    private void Missing(DraftWriter draft, MeantPhotos meant)
    {
        var count = _intake.Photos.Count + _intake.Refused.Count;
        var there = count == 1 ? _room.Phrases.Phrase("missing.there") : _room.Phrases.Phrase("missing.thereMany", ("count", $"{count}"));
        List<string> said = [.. meant.Missing.Select(n => _room.Phrases.Phrase("missing", ("n", $"{n}"), ("there", Words.Tail(there))))];
        if (meant.NoOther) said.Add(_room.Phrases.Phrase("missing.other", ("there", Words.Tail(there))));
        var evidence = Sent([.. said]);
        foreach (var sentence in said) draft.Say(sentence, evidence);
    }

    // Which files were sent, as the evidence of what is said of those that are not there.
    private string Sent(params IReadOnlyList<string> said)
    {
        var files = _intake.Photos.Select(photo => (photo.Number, photo.File, Accepted: true))
            .Concat(_intake.Refused.Select(file => (file.Number, file.File, Accepted: false))).OrderBy(file => file.Number).ToList();
        return _ledger.Add(
            EvidenceKind.Photo,
            "sent",
            $"Sent in this conversation: {string.Join(", ", files.Select(file => $"photo {file.Number}, {Path.GetFileName(file.File)}{(file.Accepted ? "" : " (could not be used)")}"))}.",
            new JsonObject
            {
                ["files"] = new JsonArray([.. files.Select(file => (JsonNode)new JsonObject { ["number"] = file.Number, ["file"] = file.File, ["accepted"] = file.Accepted })]),
                ["absent"] = new JsonArray([.. said.Select(sentence => (JsonNode)sentence)]),
            });
    }

    // The photos this answer speaks of: those that came with the question and those whose evidence the tools brought.
    private IReadOnlyList<ConversationPhoto> SpokenOf()
    {
        var numbers = _ledger.Items
            .Select(e => e.Data.TryGetPropertyValue("photo", out var n) && n is JsonValue value && value.TryGetValue<int>(out var number) ? number : 0)
            .Concat(_stopped ? [] : _intake.Fresh)
            .ToHashSet();
        return [.. _intake.Photos.Where(photo => numbers.Contains(photo.Number))];
    }

    // By rule, whatever the chat model asked for.
    private IReadOnlyList<(int Photo, UrgencyResult Result)> Urgencies()
    {
        if (_spoken.Count > 0) return [.. _spoken.Select(photo => (photo.Number, _room.Triage.Assess(photo, _intake.Signs, _ledger)))];
        return _intake.Briefing.NewSigns ? [(0, _room.Triage.Assess(null, _intake.Signs, _ledger))] : [];
    }

    // Says how redness shows on brown and black skin where the answer speaks of it, whichever model wrote it.
    private GroundedDraft SkinToneNotes(IReadOnlyList<Claim> claims, IReadOnlyList<(int Photo, UrgencyResult Result)> urgencies, GroundingContext context)
    {
        var asks = Suggestions.Question(_room, _conversation with { Signs = _intake.Signs, AskedSigns = Suggestions.Asked(_room, _conversation, _intake) });
        var nodes = _draft.Results.OfType<ConditionResult>().Select(result => result.Node?.Id).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var sentences = new SkinToneNotes(_room, _intake, _ledger).For(
            claims, asks, urgencies.SelectMany(urgency => urgency.Result.Reasons).Select(reason => reason.Rule), nodes, _spoken, claims.Count == 0 ? 0 : claims[^1].Paragraph + 1);
        return _room.Grounding.Check(sentences, context with { Evidence = _ledger.Items });
    }

    // Adds what a draft left out: the urgency of each photo, and once the limits.
    private IReadOnlyList<DraftSentence> Closing(IReadOnlyList<Claim> claims, IReadOnlyList<(int Photo, UrgencyResult Result)> urgencies, int paragraph)
    {
        var stated = Stated(claims, urgencies, paragraph);
        var limits = _room.Phrases.Phrase("limits.device");
        if (!_draft.Calls.Any(call => call.Tool == "diagnose") || _intake.Fresh.Count == 0 || _model == _room.Narrator) return stated;
        return [.. stated, new DraftSentence(limits, [], stated.Count == 0 ? paragraph : stated[^1].Paragraph)];
    }

    // The urgencies that the claims leave out, and what keeps them open.
    private IReadOnlyList<DraftSentence> Stated(IReadOnlyList<Claim> claims, IReadOnlyList<(int Photo, UrgencyResult Result)> urgencies, int paragraph)
    {
        var draft = new DraftWriter();
        foreach (var (photo, result) in urgencies)
        {
            if (result is { Urgency: null, Evidence: { } unsettled } && !claims.Any(claim => claim.Evidence.Contains(unsettled)))
                foreach (var reason in result.Open) draft.Say(reason.Text, reason.Evidence);
            if (result is not { Urgency: { } urgency, Evidence: { } evidence } || claims.Any(claim => claim.Evidence.Contains(evidence) && _room.Language.HighestUrgency(claim.Text) >= urgency)) continue;
            var labelled = photo > 0 && _intake.Photos.Count + _intake.Refused.Count > 1;
            draft.Say(NarratorVoice.UrgencyPhrase(_room.Phrases, labelled ? NarratorVoice.In(photo) : "", result), evidence);
            foreach (var action in result.Actions) draft.Say(action.Text, action.Evidence);
            foreach (var sentence in result.Reasons.Take(1).SelectMany(reason => Draft.Read(reason.Text)))
                draft.Say(labelled ? Words.Of(photo, sentence.Text) : sentence.Text, result.Reasons[0].Evidence);
        }

        return [.. Draft.Read(draft.ToString()).Select(sentence => sentence with { Paragraph = sentence.Paragraph + paragraph })];
    }

    // What "it" will mean next: the photo's leading diagnosis once a photo was weighed, else the one condition that was looked up.
    private string? Focus()
    {
        var looked = _draft.Results.Select(Looked).OfType<string>().Distinct().ToList();
        var weighed = _draft.Results.OfType<DiagnosisResult>().LastOrDefault(d => d.Differential.Count > 0);
        if (weighed is not null) return weighed.Differential[0].Id;
        if (looked.Count == 1) return looked[0];
        if (_intake.Files.Count > 0 && _intake.Fresh.Count == 0) return null;
        return _intake.Fresh.Count > 0 && _spoken is [.., { Reading.Differential: [var first, ..] }] ? first.Id : _conversation.Focus;

        static string? Looked(object? result) => result switch
        {
            ConditionResult { Node: { } node } => node.Id,
            HierarchyResult { Node: { } node } => node.Id,
            ComparisonResult { First: { } first } => first.Node.Id,
            _ => null,
        };
    }
}
