using System.Runtime.CompilerServices;
using System.Threading.Channels;
using DermAssistant.Agent;
using DermAssistant.Cases;
using DermAssistant.Channels.Conversations;
using DermAssistant.Channels.DirectLine;
using DermAssistant.DermLip;
using DermAssistant.Imaging;
using Microsoft.Extensions.Logging;

namespace DermAssistant.Channels;

/// <summary>Takes messages through the photo gate to the assistant and tells what happens on the way.</summary>
internal sealed class ChatDesk(
    IAssistant assistant, PhotoGate gate, ConversationRegister register, AnswerShelf answers, LiveConversations live, ChannelTelemetry telemetry, ILogger<ChatDesk> logger) : IChatDesk
{
    public async IAsyncEnumerable<TurnEvent> AnswerAsync(IncomingMessage message, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(message);
        var events = Channel.CreateUnbounded<TurnEvent>(new UnboundedChannelOptions { SingleReader = true });
        using var turn = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        // Reading a photo is work for a processor, not for the thread that answers requests.
        var work = Task.Run(() => WorkAsync(message, events.Writer, turn.Token), CancellationToken.None);
        try
        {
            await foreach (var happened in events.Reader.ReadAllAsync(cancellationToken)) yield return happened;
        }
        finally
        {
            // Whoever stops listening stops the work.
            await turn.CancelAsync();
            await work;
        }
    }

    public Task<bool> RateAsync(ConversationKey conversation, string? answerId, Rating rating, CancellationToken cancellationToken = default) =>
        cancellationToken.IsCancellationRequested
            ? Task.FromCanceled<bool>(cancellationToken)
            : Task.FromResult(register.Find(conversation) is not null && answers.Rate(conversation, answerId, rating));

    public async Task EraseAsync(ConversationKey conversation, CancellationToken cancellationToken = default)
    {
        // Erased first: an answer in the making then finds nothing to be kept in.
        register.Erase(conversation);
        live.End(conversation);
        await assistant.ForgetAsync(conversation.ToString(), cancellationToken);
    }

    private async Task WorkAsync(IncomingMessage message, ChannelWriter<TurnEvent> events, CancellationToken cancellationToken)
    {
        using var measured = telemetry.Begin(message.Conversation.Channel);
        try
        {
            if (!register.Enter(message.Conversation, message.User))
            {
                measured.Outcome = "foreign";
                events.TryWrite(new TurnFailed("This conversation is somebody else's. Begin one of your own."));
                events.TryComplete();
                return;
            }

            var files = message.Files.Select(file => Admit(file, cancellationToken)).ToList();
            foreach (var file in files) measured.Photo(file.Report.Accepted);
            var answer = await assistant.AskAsync(new Question(message.Conversation.ToString(), message.Text, files), new Telling(events, measured), cancellationToken);
            var photos = PhotosOf(answer);
            events.TryWrite(new TurnAnswered(answers.Keep(message.Conversation, message.Text, answer, photos), answer, photos));
            events.TryComplete();
            measured.Outcome = "answered";
        }
        catch (OperationCanceledException stopped) when (cancellationToken.IsCancellationRequested)
        {
            events.TryComplete(stopped);
        }
        catch (Exception failure)
        {
            var byServer = failure is not QuestionException;
            measured.Outcome = byServer ? "failed" : "refused";
            events.TryWrite(new TurnFailed(Said(failure)) { ByServer = byServer });
            events.TryComplete();
        }
    }

    private GateResult Admit(IncomingFile file, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return file.Failure is { } why
            ? new GateResult(new GateReport(file.Name, null, null, null, null, Accepted: false, null, [why]), null)
            : gate.Admit(file.Bytes, file.Name);
    }

    private static IReadOnlyList<AnswerPhoto> PhotosOf(Answer answer) => answer.Bundle is not { } bundle
        ? []
        : [.. bundle.Readings.Zip(answer.Readings, (read, reading) => new AnswerPhoto(read.Photo, reading.Photo.Gate.File, read.Sha256))];

    private string Said(Exception failure)
    {
        switch (failure)
        {
            case QuestionException question:
                return $"{question.Message} {question.Hint}";
            case ModelPackException or CaseStoreException or AgentSetupException:
                // These name files and settings, never what a user said.
                logger.LogError("A message could not be answered: {Failure}", failure.Message);
                return "Photos cannot be read here just now. Please try again later; whoever runs this server finds the reason in its log.";
            default:
                // The kind and the place only: a message may repeat what the user said.
                logger.LogError("A message could not be answered: {Failure} {Place}", failure.GetType().Name, failure.StackTrace);
                return "Something went wrong here, so there is no answer. Please ask again.";
        }
    }

    // Progress<T> would post reports to other threads, out of order.
    private sealed class Telling(ChannelWriter<TurnEvent> events, ChannelTelemetry.MeasuredTurn measured) : IProgress<AnswerProgress>
    {
        private readonly List<Claim> _written = [];

        public void Report(AnswerProgress value)
        {
            if (value.Claim is not { } claim)
            {
                events.TryWrite(new TurnProgress(value.Text, value.Tool));
                return;
            }

            measured.Writing();
            _written.Add(claim);
            events.TryWrite(new TurnWriting([.. _written]));
        }
    }
}
