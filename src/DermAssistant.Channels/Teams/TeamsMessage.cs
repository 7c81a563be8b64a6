using System.Text.Json.Nodes;
using DermAssistant.Agent;
using DermAssistant.Channels.Activities;
using DermAssistant.Channels.Rendering;

namespace DermAssistant.Channels.Teams;

/// <summary>How much of an answer a message holds; each level is smaller than the one before.</summary>
internal enum TeamsDetail
{
    /// <summary>Text, citations that open, card with findings and cases.</summary>
    Full,

    /// <summary>The same with as many citations as every client takes.</summary>
    FewCitations,

    /// <summary>Those by name and abstract only; card without findings and cases.</summary>
    Short,

    /// <summary>The same without the card.</summary>
    TextOnly,

    /// <summary>As much of the text as goes in.</summary>
    Cut,
}

/// <summary>Writes answers as messages for Teams.</summary>
internal static class TeamsMessage
{
    /// <summary>The largest message written, in bytes of UTF-16, which is how Teams counts; it refuses messages from about 100 KB on.</summary>
    public const int MaxBytes = 80_000;

    /// <summary>The most that is offered to say next; Teams shows no more.</summary>
    public const int MostQuestions = 3;

    // What every client takes: the Agents Playground refuses more.
    private const int FewCitations = 10;

    // Citations kept for the urgency, which an answer ends with.
    private const int ForUrgency = 3;
    private const int MaxQuestion = 100;
    private const string Shortened = "… The answer was too long to be shown here in full.";

    /// <summary>The text of an answer, or of as much as is written, with numbers for its citations. What follows never changes what came before.</summary>
    public static CitedText Text(IReadOnlyList<Claim> claims, int mostCitations = TeamsCitations.Most)
    {
        var others = new HashSet<string>(StringComparer.Ordinal);
        return CitedText.Of([.. claims.Select(claim => claim with { Text = TeamsMarkdown.Of(claim.Text), Evidence = [.. claim.Evidence.Where(IsCited)] })], mostCitations);

        bool IsCited(string id)
        {
            if (id.StartsWith('T') || others.Contains(id)) return true;
            return others.Count < mostCitations - ForUrgency && others.Add(id);
        }
    }

    /// <summary>The answer with as much detail as fits, but no more than <paramref name="most"/>.</summary>
    public static (Activity Message, TeamsDetail Detail) Of(TurnAnswered answered, TeamsDetail most = TeamsDetail.Full)
    {
        for (var detail = most; ; detail++)
        {
            var message = Write(answered, detail);
            if (detail == TeamsDetail.Cut || SizeOf(message) <= MaxBytes) return (message, detail);
        }
    }

    /// <summary>A plain message of the bot itself, such as a greeting.</summary>
    public static Activity Said(string words) => new() { Type = ActivityTypes.Message, Text = TeamsMarkdown.Of(words), TextFormat = "markdown" };

    private static Activity Write(TurnAnswered answered, TeamsDetail detail)
    {
        var text = Text(answered.Answer.Claims, detail switch { TeamsDetail.Full => TeamsCitations.Most, TeamsDetail.Cut => 0, _ => FewCitations });
        // A button whose question was cut would ask another one.
        var questions = NextWords.Of(answered.Answer).Where(question => question.Length <= MaxQuestion).Take(MostQuestions).ToList();
        var card = detail <= TeamsDetail.Short ? TeamsCard.Of(answered, questions, details: detail <= TeamsDetail.FewCitations) : null;
        var words = detail == TeamsDetail.Cut ? CutText(text.Text) : text.Text;
        if (answered.Answer.Asks is { } asks) words += "\n\n" + TeamsMarkdown.Of(asks);
        return new Activity
        {
            Type = ActivityTypes.Message,
            Text = words,
            TextFormat = "markdown",
            Entities = [TeamsCitations.Of(answered.Answer, text.Cited, details: detail <= TeamsDetail.FewCitations)],
            Attachments = card is null ? null : [new Attachment(Attachment.AdaptiveCard) { Content = card }],
            // Teams shows no suggested actions on a message with attachments; the card has its own buttons.
            SuggestedActions = card is null ? SuggestedActions.Saying(questions) : null,
            ChannelData = new JsonObject { ["feedbackLoop"] = new JsonObject { ["type"] = "default" } },
        };
    }

    private static string CutText(string text)
    {
        const int most = (MaxBytes / 2) - 4_000;
        return text.Length <= most ? text : TeamsText.Cut(text, most) + "\n\n" + Shortened;
    }

    private static int SizeOf(Activity message) => ActivityJson.WriteText(message).Length * 2;
}
