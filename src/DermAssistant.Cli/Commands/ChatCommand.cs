using System.CommandLine;
using DermAssistant.Agent;
using DermAssistant.Imaging;
using Spectre.Console;

namespace DermAssistant.Cli;

/// <summary><c>derm chat</c>: a conversation that remembers its photos and questions.</summary>
internal static class ChatCommand
{
    private const string Commands = "/photo FILE attaches a photo, /new begins anew, /quit ends.";

    public static Command Build(CommandHost host)
    {
        var model = SharedOptions.Model();
        var command = new Command("chat", "Talk about photos; follow-up questions need not repeat anything.") { model };
        command.Validators.Add(result =>
        {
            if (result.GetValue<bool>(SharedOptions.JsonName)) result.AddError("A chat has no JSON form; use 'derm ask --json --conversation ID'.");
        });
        return host.Run(command, async (run, cancellationToken) =>
        {
            run.Rooms.Require(run.Value(model));
            await new Chat(run, run.Rooms.Assistant(run.Value(model))).RunAsync(cancellationToken);
            return ExitCode.Done;
        });
    }

    private sealed class Chat(CommandRun run, IAssistant assistant)
    {
        private readonly IAnsiConsole _console = run.Terminal.Screen;
        private readonly List<GateResult> _attached = [];
        private string _conversation = "";

        public async Task RunAsync(CancellationToken cancellationToken)
        {
            _console.MarkupLine($"[dim]{Commands} Decision support, not a medical device.[/]");
            while (await ReadAsync(cancellationToken) is { } line)
            {
                var (word, after) = Split(line.Trim());
                switch (word)
                {
                    case "":
                        break;
                    case "/quit" or "/exit":
                        return;
                    case "/new":
                        await ForgetAsync(cancellationToken);
                        break;
                    case "/photo":
                        Attach(after);
                        break;
                    case var unknown when unknown.StartsWith('/'):
                        _console.MarkupLine($"[yellow]{ScreenText.Escaped(unknown)} is no command here.[/] {Commands}");
                        break;
                    default:
                        await AskAsync(line.Trim(), cancellationToken);
                        break;
                }
            }
        }

        private async Task<string?> ReadAsync(CancellationToken cancellationToken)
        {
            if (run.Terminal.InIsTerminal) _console.Markup("[bold]you>[/] ");
            // Reading a terminal cannot be cancelled; Ctrl-C leaves it behind.
            return await Task.Run(run.Terminal.In.ReadLine, cancellationToken).WaitAsync(cancellationToken);
        }

        private async Task ForgetAsync(CancellationToken cancellationToken)
        {
            if (_conversation.Length > 0) await assistant.ForgetAsync(_conversation, cancellationToken);
            _conversation = "";
            _attached.Clear();
            _console.MarkupLine("[dim]Forgotten. A new conversation.[/]");
        }

        private void Attach(string path)
        {
            if (path.Length == 0)
            {
                _console.MarkupLine("[yellow]Which file?[/] /photo FILE");
                return;
            }
            var admitted = run.Rooms.Gate.AdmitFile(path.Trim('"', '\''));
            PhotoView.Show(admitted.Report, _console);
            // A path that was mistyped and then put right is not a photo that was sent; any other refusal reaches the answer.
            if (admitted.Report.Accepted) _attached.RemoveAll(earlier => earlier.Report.Sha256 is null);
            _attached.Add(admitted);
        }

        private async Task AskAsync(string text, CancellationToken cancellationToken)
        {
            var answer = await assistant.AskAsync(new Question(_conversation, text, [.. _attached]), new AnswerProgressLine(run.Terminal), cancellationToken);
            _conversation = answer.Conversation;
            _attached.Clear();
            AnswerView.Show(answer, () => run.Rooms.Ontology, _console);
            _console.WriteLine();
        }

        private static (string Word, string After) Split(string line)
        {
            var space = line.IndexOf(' ', StringComparison.Ordinal);
            return space < 0 || !line.StartsWith('/') ? (line, "") : (line[..space], line[(space + 1)..].Trim());
        }
    }
}
