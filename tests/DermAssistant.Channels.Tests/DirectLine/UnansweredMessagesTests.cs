using System.Text.Json.Nodes;

namespace DermAssistant.Channels.Tests.DirectLine;

public sealed class UnansweredMessagesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("derm-unanswered-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task What_a_killed_server_left_unanswered_the_next_one_asks_for_again_and_only_once()
    {
        // The first server goes on beside the others, and is never heard of again: so much of a kill can be had in one process.
        var never = new TaskCompletionSource();
        await using var killed = await StartAsync();
        killed.Assistant.Before = (question, stopping) => question.Text == "first" ? Task.CompletedTask : never.Task.WaitAsync(stopping);
        var client = await killed.BeginAsync();
        await client.SayAsync("first");
        await client.AnswersAsync();
        string[] left = [await client.SayAsync("second"), await client.SayAsync("third")];

        string[] asked;
        await using (var next = await StartAsync()) asked = await ApologiesAsync(next, client, expected: 2);
        await using (var last = await StartAsync())
        {
            var again = new DirectLineClient(last, client.Token) { Conversation = client.Conversation };
            await again.SayAsync("fourth");
            await again.AnswersAsync(4);
            Assert.Equal(2, (await again.PollAsync()).Activities.Count(IsApology));
        }

        never.SetResult();
        Assert.Equal(left, asked);
    }

    private static async Task<string[]> ApologiesAsync(DirectLineHost host, DirectLineClient client, int expected)
    {
        var visitor = new DirectLineClient(host, client.Token) { Conversation = client.Conversation };
        return [.. (await visitor.AnswersAsync(expected + 1)).Where(IsApology).Select(activity => (string)activity["replyToId"]!)];
    }

    private static bool IsApology(JsonObject activity) => ((string?)activity["text"])?.Contains("Please send your message again", StringComparison.Ordinal) == true;

    private Task<DirectLineHost> StartAsync() => DirectLineHost.StartAsync(
        new ChannelsOptions { DataDirectory = _folder, KeyDirectory = Path.Combine(_folder, "keys"), DirectLine = DirectLineHost.Options() });
}
