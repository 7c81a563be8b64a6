namespace DermAssistant.Agent;

/// <summary>Up to three next questions that the answer left unasked, and the one the assistant asks itself.</summary>
internal static class Suggestions
{
    private const int Most = 3;

    /// <summary>The signs asked for so far, with the one to ask for after this turn last.</summary>
    public static IReadOnlyList<string> Asked(AgentRoom room, Conversation before, TurnIntake intake)
    {
        var photo = intake.Photos.FirstOrDefault(p => p.Number == intake.CurrentPhoto);
        if (photo is null && intake.Signs.Count == 0) return before.AskedSigns;
        var next = room.Triage.NextQuestion(photo, intake.Signs, before.AskedSigns);
        return next is null ? before.AskedSigns : [.. before.AskedSigns, next.Sign];
    }

    /// <summary>The question for the sign asked for last, or null where it is answered.</summary>
    public static string? Question(AgentRoom room, Conversation conversation) =>
        conversation.AskedSigns is [.., var asked] && !conversation.Signs.Any(sign => sign.Id == asked)
            ? room.Ontology.Triage.Signs.FirstOrDefault(sign => sign.Id == asked)?.Question
            : null;

    public static IReadOnlyList<string> For(AgentRoom room, Conversation conversation, IReadOnlyList<string> tools)
    {
        var phrases = room.Phrases;
        var suggestions = new List<string>();
        var photo = conversation.Photos.FirstOrDefault(p => p.Number == conversation.CurrentPhoto);
        var differential = photo?.Reading.Differential ?? [];
        if (conversation.Photos.Count > 1 && conversation.Turns is [.., { Photos: [{ Accepted: true }] }]) suggestions.Add(phrases.Suggestion("compare"));
        if (differential.Count > 0)
        {
            Offer("detect_concepts", "why");
            if (differential.Count > 1) Offer("compare_conditions", "tell", phrases.Inside(differential[1].Name));
            Offer("find_similar_cases", "similar");
            Offer("explain_hierarchy", "place");
            suggestions.Add(phrases.Suggestion("sure"));
        }
        else if (conversation.Focus is { } id && room.Ontology.Find(id) is { } focus)
        {
            if (focus.LookAlikes.Select(alike => room.Ontology.Find(alike.ConditionId)).FirstOrDefault(n => n is not null) is { } alike)
                Offer("compare_conditions", "tell", phrases.Inside(alike.Name));
            Offer("look_up_condition", "whatIs", phrases.Inside(focus.Name));
            Offer("explain_hierarchy", "place");
        }
        else
        {
            suggestions.Add(phrases.Suggestion("canAsk"));
        }

        return [.. suggestions.Distinct().Take(Most)];

        void Offer(string tool, string key, string name = "")
        {
            if (!tools.Contains(tool)) suggestions.Add(phrases.Suggestion(key, ("name", name)));
        }
    }
}
