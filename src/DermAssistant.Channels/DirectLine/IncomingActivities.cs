using System.Text.Json.Nodes;
using DermAssistant.Channels.Activities;
using DermAssistant.Channels.Conversations;
using DermAssistant.Channels.WebChat;
using DermAssistant.Imaging;
using Microsoft.Extensions.Logging;

namespace DermAssistant.Channels.DirectLine;

/// <summary>Takes in what a user sends: echoes it, keeps its photos, and has it answered.</summary>
internal sealed class IncomingActivities(
    LiveConversations live,
    ConversationRegister register,
    PhotoShelf photos,
    ActivityLog log,
    PhotoGate gate,
    IChatDesk desk,
    ITurnQueue queue,
    PhotoMemory memory,
    ChannelsOptions options,
    ILogger<IncomingActivities> logger) : IDisposable
{
    // Decoding takes a core and much memory; more at once than there are cores gains nothing.
    private readonly SemaphoreSlim _decoding = new(options.MaxRunningTurns);

    /// <summary>Takes in an activity.</summary>
    /// <returns>Its id, or null when the conversation is gone.</returns>
    public async Task<string?> TakeAsync(DirectLineGrant grant, Upload upload, CancellationToken cancellationToken)
    {
        var sent = upload.Activity;
        if (sent.Type != ActivityTypes.Message)
        {
            await RateAsync(grant, sent, cancellationToken);
            // Clients wait for everything they send to come back; only messages are worth keeping.
            return live.Whisper(grant.Key, _ => Echo(grant, sent, null)).Id;
        }

        var files = new List<(Attachment Shown, IncomingFile File)>();
        foreach (var file in upload.Files.Concat(InlineFiles.Of(sent, options.DirectLine)))
            files.Add(await AdmitAsync(grant, file, cancellationToken));
        var echo = live.Say(grant.Key, Echo(grant, sent, [.. files.Select(file => file.Shown)]));
        if (echo is null) return null;

        var text = TextOf(sent);
        if (text.Length == 0 && files.Count == 0) Say(grant, echo.Id!, ChannelTexts.NotUnderstood);
        else Enter(grant, echo.Id!, new IncomingMessage(grant.Key, grant.User, text, [.. files.Select(file => file.File)]));
        return echo.Id;
    }

    public void Dispose() => _decoding.Dispose();

    private void Enter(DirectLineGrant grant, string echo, IncomingMessage message)
    {
        var bytes = message.Files.Sum(file => (long)file.Bytes.Length);
        if (!memory.Waiting.TryTake(bytes))
        {
            Say(grant, echo, ChannelTexts.Busy);
            return;
        }

        var entered = queue.TryEnter(grant.Key, async stopping =>
        {
            try
            {
                await AnswerAsync(grant, echo, message, stopping);
            }
            finally
            {
                memory.Waiting.Return(bytes);
            }
        });
        if (entered) return;
        memory.Waiting.Return(bytes);
        Say(grant, echo, ChannelTexts.Busy);
    }

    private async Task AnswerAsync(DirectLineGrant grant, string echo, IncomingMessage message, CancellationToken stopping)
    {
        var writing = new WebChatTurn(echo);
        try
        {
            await foreach (var happened in desk.AnswerAsync(message, stopping))
            {
                switch (happened)
                {
                    case TurnProgress progress:
                        live.Whisper(grant.Key, id => writing.Progress(id, progress.Text));
                        break;
                    case TurnWriting written:
                        live.Whisper(grant.Key, id => writing.Writing(id, written.Claims));
                        break;
                    case TurnAnswered answered:
                        live.Say(grant.Key, writing.Answer(answered, photos.Of(grant.Key)));
                        break;
                    case TurnFailed failed:
                        live.Say(grant.Key, writing.Failure(failed.Text));
                        break;
                }
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            live.Say(grant.Key, writing.Failure(ChannelTexts.Stopped));
        }
    }

    private void Say(DirectLineGrant grant, string echo, string text) => live.Say(grant.Key, new WebChatTurn(echo).Failure(text));

    // What a client says of ids, senders, channels and addresses is not taken from it.
    private static Activity Echo(DirectLineGrant grant, Activity sent, IReadOnlyList<Attachment>? attachments) => new()
    {
        Type = sent.Type,
        From = new ChannelAccount(grant.User, Role: "user"),
        Text = sent.Text,
        TextFormat = sent.TextFormat,
        Locale = sent.Locale,
        LocalTimestamp = sent.LocalTimestamp,
        LocalTimezone = sent.LocalTimezone,
        Name = sent.Name,
        Value = sent.Value,
        ValueType = sent.ValueType,
        Entities = sent.Entities,
        ChannelData = sent.ChannelData,
        ReplyToId = sent.ReplyToId,
        Attachments = attachments,
    };

    // A card's button says its words in its data.
    private static string TextOf(Activity sent) =>
        sent.Text is { } text && !string.IsNullOrWhiteSpace(text) ? text.Trim()
        : sent.Value is JsonObject data && data["ask"] is JsonValue value && value.TryGetValue<string>(out var asked) ? asked.Trim() : "";

    private async Task<(Attachment Shown, IncomingFile File)> AdmitAsync(DirectLineGrant grant, UploadedFile file, CancellationToken cancellationToken)
    {
        var name = PrintableName(file.Name);
        var shown = new Attachment(file.ContentType ?? "application/octet-stream") { Name = name };
        if (grant.OwnPage && !register.Consented(grant.User)) return (shown, IncomingFile.Lost(name, ChannelTexts.NoConsent));
        if (file.Size > options.DirectLine.MaxFileBytes) return (shown, IncomingFile.Lost(name, ChannelTexts.TooLarge(name, file.Size, options.DirectLine.MaxFileBytes)));
        if (file.Size == 0) return (shown, IncomingFile.Lost(name, ChannelTexts.NotSent));

        await _decoding.WaitAsync(cancellationToken);
        try
        {
            var kept = await Task.Run(() => gate.Admit(file.Bytes, name) is { Photo: { } photo } ? photos.Keep(grant.Key, photo) : null, cancellationToken);
            return (kept is null ? shown : PhotoAddresses.Name(kept), IncomingFile.Arrived(name, file.Bytes));
        }
        finally
        {
            _decoding.Release();
        }
    }

    private async Task RateAsync(DirectLineGrant grant, Activity sent, CancellationToken cancellationToken)
    {
        if (WebChatFeedback.Read(sent) is not { } feedback) return;
        var answer = feedback.AnswerId ?? (sent.ReplyToId is { } reply ? AnswerOf(grant, reply) : null);
        if (!await desk.RateAsync(grant.Key, answer, feedback.Rating, cancellationToken))
            logger.LogInformation("A rating names no answer of its conversation and is not kept.");
    }

    private string? AnswerOf(DirectLineGrant grant, string activity) =>
        log.After(grant.Key, 0).Select(entry => entry.Activity).FirstOrDefault(kept => kept.Id == activity)?.ChannelData?["answerId"]?.GetValue<string>();

    private static string PrintableName(string name)
    {
        var last = name[(name.LastIndexOfAny(['/', '\\']) + 1)..];
        var printable = string.Concat(last.Where(c => !char.IsControl(c)));
        return printable.Length switch { 0 => "photo", > 120 => printable[^120..], _ => printable };
    }
}
