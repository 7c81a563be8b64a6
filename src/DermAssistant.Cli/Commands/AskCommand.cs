using System.CommandLine;
using DermAssistant.Agent;
using DermAssistant.Imaging;

namespace DermAssistant.Cli;

/// <summary><c>derm ask</c>: one question, with photos or without, answered from evidence.</summary>
internal static class AskCommand
{
    public static Command Build(CommandHost host)
    {
        var question = new Argument<string>("QUESTION") { Description = "In plain words." };
        var photos = SharedOptions.Several("--photo", "FILE", "A photo the question is about");
        var conversation = new Option<string?>("--conversation") { Description = "Go on with an earlier conversation.", HelpName = "ID" };
        var bundle = new Option<string?>("--bundle") { Description = "Write everything the answer rests on, for 'derm replay'.", HelpName = "FILE" };
        var model = SharedOptions.Model();
        return host.Run(new Command("ask", "Ask a question about a photo.") { question, photos, conversation, bundle, model }, async (run, cancellationToken) =>
        {
            var file = run.Value(bundle);
            if (file is not null) OutputFile.Probe(file);
            var paths = run.Value(photos)!;
            var admitted = paths.Select(run.Rooms.Gate.AdmitFile).ToList();
            run.Rooms.Require(run.Value(model));
            var asked = new Question(run.Value(conversation) ?? "", run.Value(question), admitted);
            var answer = await run.Rooms.Assistant(run.Value(model)).AskAsync(asked, new AnswerProgressLine(run.Terminal), cancellationToken);
            if (answer.Begins && !string.IsNullOrWhiteSpace(asked.Conversation))
                run.Terminal.Note($"note: there was no conversation '{asked.Conversation}'; this question begins it.");
            if (file is not null) await BundleFile.WriteAsync(answer.Bundle!.WithPaths(PhotoPaths(file, paths, admitted)), file, cancellationToken);

            var refused = admitted.Find(result => !result.Report.Accepted);
            run.Answer(
                () => refused is null ? AnswerJson.ToJson(answer) : RefusedPhotos.WithError(AnswerJson.ToJson(answer), refused.Report),
                console =>
                {
                    AnswerView.Show(answer, () => run.Rooms.Ontology, console);
                    ScreenFooter.Show(console);
                });
            return RefusedPhotos.Complain(admitted.Select(result => result.Report), run);
        });
    }

    /// <summary>Where the photos lie as seen from the bundle, so that both can be moved together.</summary>
    private static Dictionary<string, string> PhotoPaths(string bundle, IReadOnlyList<string> paths, IReadOnlyList<GateResult> admitted)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(bundle))!;
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (path, result) in paths.Zip(admitted))
            if (result.Report.Sha256 is { } hash) found[hash] = Path.GetRelativePath(folder, Path.GetFullPath(path));
        return found;
    }
}
