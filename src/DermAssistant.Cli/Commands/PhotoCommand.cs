using System.CommandLine;
using System.Text.Json.Nodes;
using DermAssistant.Imaging;
using Spectre.Console;

namespace DermAssistant.Cli;

/// <summary><c>derm photo check|crop</c>: what the gate says of a photo, and what an encoder sees of it.</summary>
internal static class PhotoCommand
{
    public static Command Build(CommandHost host) => new("photo", "Look at a photo before a model does.")
    {
        Check(host),
        Crop(host),
    };

    private static Command Check(CommandHost host)
    {
        var photos = new Argument<string[]>("PHOTO") { Description = "One or more photo files.", Arity = ArgumentArity.OneOrMore };
        return host.Run(new Command("check", "Say whether photos can be used, and why not.") { photos }, run =>
        {
            var reports = run.Value(photos).Select(path => run.Rooms.Gate.AdmitFile(path).Report).ToList();
            run.Answer(
                () => reports.Count == 1 ? ReportDocument(reports[0]) : DocumentValue.Array(reports, ReportDocument),
                console =>
                {
                    foreach (var report in reports)
                    {
                        PhotoView.Show(report, console);
                        PhotoView.ShowQuality(report, console);
                    }
                });
            return RefusedPhotos.Complain(reports, run);
        });
    }

    private static Command Crop(CommandHost host)
    {
        var photo = new Argument<string>("PHOTO") { Description = "A photo file." };
        var model = SharedOptions.Model();
        var config = new Option<string?>("--config") { Description = "An open_clip_config.json instead of a model pack.", HelpName = "FILE" };
        var output = SharedOptions.Out("The PNG file to write.");
        var command = new Command("crop", "Write the exact pixels an image encoder sees of a photo, before normalisation, as 8-bit RGB PNG.") { photo, model, config, output };
        command.Validators.Add(result =>
        {
            if (result.GetValue(model) is null == result.GetValue(config) is null) result.AddError("Give either --model PACK or --config FILE.");
        });
        return host.Run(command, run =>
        {
            var admitted = run.Rooms.Gate.AdmitFile(run.Value(photo));
            if (admitted.Photo is not { } accepted) throw RefusedPhotos.Failure(admitted.Report);
            var crop = Preprocessor.Crop(accepted, run.Value(config) is { } file ? PreprocessConfigFile.Read(file) : run.Rooms.Pack(run.Value(model)).Image.Preprocess);
            OutputFile.Write(run.Value(output)!, stream => stream.Write(crop.EncodePng()));
            run.Answer(
                () => new JsonObject { ["file"] = run.Value(output), ["width"] = crop.Width, ["height"] = crop.Height },
                console => console.WriteLine($"Wrote {ScreenText.Safe(run.Value(output)!)} ({crop.Width} x {crop.Height} px)."));
            return ExitCode.Done;
        });
    }

    private static JsonObject ReportDocument(GateReport report) =>
        RefusedPhotos.WithError(GateDocument.Of(report), report);
}
