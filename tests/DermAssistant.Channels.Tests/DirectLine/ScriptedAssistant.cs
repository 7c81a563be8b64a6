using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using DermAssistant.Agent;
using DermAssistant.Diagnosis;

namespace DermAssistant.Channels.Tests.DirectLine;

/// <summary>Answers at once with what it was asked, in two sentences with evidence; a test can make it wait or fail.</summary>
internal sealed class ScriptedAssistant : IAssistant
{
    public ConcurrentQueue<Question> Asked { get; } = new();

    public ConcurrentQueue<string> Forgotten { get; } = new();

    /// <summary>What happens before an answer.</summary>
    public Func<Question, CancellationToken, Task> Before { get; set; } = (_, _) => Task.CompletedTask;

    public async Task<Answer> AskAsync(Question question, IProgress<AnswerProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        Asked.Enqueue(question);
        progress?.Report(new AnswerProgress("looking at your photo", null));
        await Before(question, cancellationToken);
        var files = string.Concat(question.Photos.Select(photo => photo.Photo is null ? $" {photo.Report.File}: {string.Join(' ', photo.Report.Reasons)}" : $" {photo.Report.File} was seen."));
        Claim[] claims = [new($"You asked: {question.Text}.{files}", ["D1"]), new("One case agrees.", ["K1", "D1"]) { Paragraph = 1 }];
        foreach (var claim in claims) progress?.Report(new AnswerProgress(claim.Text, null) { Claim = claim });
        return new Answer(
            question.Conversation,
            Answer.Join(claims),
            claims,
            [],
            ["Why?"],
            ["diagnose"],
            [
                new Evidence("D1", EvidenceKind.Differential, "Nevus has a probability of 60.0 %.", new JsonObject { ["id"] = "nevus" }),
                new Evidence("K1", EvidenceKind.Case, "ISIC_1: nevus", new JsonObject { ["case"] = "ISIC_1", ["url"] = "https://example.org/1", ["source"] = "HAM10000", ["licence"] = "CC BY-NC 4.0" }),
            ],
            new AnswerModels("narrator", ""),
            []);
    }

    public Task ForgetAsync(string conversation, CancellationToken cancellationToken = default)
    {
        Forgotten.Enqueue(conversation);
        return Task.CompletedTask;
    }
}
