using System.ClientModel;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using DermAssistant.Imaging;
using Microsoft.Extensions.Logging;
using Microsoft.SemanticKernel;

namespace DermAssistant.Agent;

/// <summary>Answers questions: reads the photos, lets the chat model use the tools, checks every sentence, remembers the conversation.</summary>
internal sealed class Assistant(AgentRoom room, IConversationStore store, ChatModel? languageModel) : IAssistant
{
    private const int LongestId = 200;

    private readonly ConversationLocks _locks = new();

    public async Task<Answer> AskAsync(Question question, IProgress<AnswerProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(question);
        var text = QuestionText.Clean(question.Text, room.Options.MaxQuestionLength);
        if (question.Photos.Count > room.Options.MaxPhotosPerQuestion)
            throw new QuestionException($"The question brings {question.Photos.Count} photos; at most {room.Options.MaxPhotosPerQuestion} are taken at once.", "Send fewer photos with each question.");
        if (question.Conversation is { Length: > LongestId })
            throw new QuestionException($"The conversation's id has more than {LongestId} characters.", "Use a shorter id.");

        // Without an id, the same question with the same photos is the same conversation anew: nothing in an answer is left to chance.
        var begun = string.IsNullOrWhiteSpace(question.Conversation);
        var id = begun ? IdOf(text, question.Photos) : question.Conversation;
        using var turn = await _locks.EnterAsync(id, cancellationToken);
        var conversation = (begun ? null : await store.LoadAsync(id, cancellationToken)) ?? Conversation.Begin(id);
        var intake = TurnIntake.Take(room, conversation, text, question.Photos, progress, cancellationToken);
        var (answer, remembered) = await AnswerAsync(conversation, intake, progress, cancellationToken);
        await store.SaveAsync(remembered, cancellationToken);
        foreach (var claim in answer.Claims) progress?.Report(new AnswerProgress(claim.Text, null) { Claim = claim });
        return answer;
    }

    public async Task ForgetAsync(string conversation, CancellationToken cancellationToken = default)
    {
        using var turn = await _locks.EnterAsync(conversation, cancellationToken);
        await store.RemoveAsync(conversation, cancellationToken);
    }

    private async Task<(Answer Answer, Conversation Remembered)> AnswerAsync(
        Conversation conversation, TurnIntake intake, IProgress<AnswerProgress>? progress, CancellationToken cancellationToken)
    {
        var fallback = "fallback";
        // Of a photo that is not there no language model is asked: it could take another for it.
        var stopped = new NarratorPlan(intake.Meaning, intake.Briefing, new ToolLog([])).Stopped;
        if (languageModel is not null && !stopped)
        {
            try
            {
                // It may take its time before it asks for a tool, and nobody should look at nothing meanwhile.
                progress?.Report(new AnswerProgress(room.Phrases.Progress("ask"), null));
                var attempt = await AttemptAsync(languageModel, conversation, intake, null, progress, cancellationToken);
                if (attempt.Answered) return attempt.Finish();
                fallback = "fallback.empty";
            }
            catch (Exception e) when (IsModelFailure(e) && !cancellationToken.IsCancellationRequested)
            {
                // The kind of failure only: an endpoint's message may repeat the question.
                room.Logger.LogWarning("The language model {Model} failed ({Failure}); the narrator answers.", languageModel.Name, e.GetType().Name);
            }
        }

        var note = languageModel is null || stopped ? null : room.Phrases.Phrase(fallback);
        return (await AttemptAsync(room.Narrator, conversation, intake, note, progress, cancellationToken)).Finish();
    }

    // Every attempt has a ledger of its own: what a model that failed has found is not this answer's evidence.
    private async Task<TurnOutcome> AttemptAsync(
        ChatModel model, Conversation conversation, TurnIntake intake, string? note, IProgress<AnswerProgress>? progress, CancellationToken cancellationToken)
    {
        var ledger = new EvidenceLedger();
        var context = new TurnContext(intake.Photos, intake.CurrentPhoto, conversation.Focus, intake.Signs, ledger);
        var tools = new DermTools(context, room.Ontology, room.Cases, room.Triage, room.Options.SimilarCases);
        var draft = await room.Turn.RunAsync(model, tools, intake.Briefing, conversation.Turns, intake.Question, progress, cancellationToken);
        progress?.Report(new AnswerProgress(room.Phrases.Progress("check"), null));
        return TurnOutcome.Of(room, model, conversation, intake, ledger, draft, note);
    }

    private static bool IsModelFailure(Exception failure) => failure
        is ClientResultException or HttpOperationException or HttpRequestException or IOException or TimeoutException
        or OperationCanceledException or AggregateException or JsonException or KernelException or InvalidOperationException;

    private static string IdOf(string text, IReadOnlyList<GateResult> photos)
    {
        var seed = string.Join('\n', photos.Select(photo => photo.Report.Sha256 ?? photo.Report.File).Prepend(text));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(seed)))[..16];
    }
}
