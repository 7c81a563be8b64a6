using System.Diagnostics;
using DermAssistant.Hosts;

namespace DermAssistant.Cli.Tests;

/// <summary>Runs <c>derm</c> with a home folder of its own, which is gone afterwards.</summary>
public sealed class DermSession : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("derm-tests-");

    /// <summary>A folder for a test's files.</summary>
    public string Folder => Directory.CreateDirectory(Path.Combine(_root.FullName, "files")).FullName;

    public string Home => Path.Combine(_root.FullName, "home");

    /// <summary>A path in <see cref="Folder"/>.</summary>
    public string PathOf(string name) => Path.Combine(Folder, name);

    /// <summary>Writes a file and gives its path.</summary>
    public string File(string name, byte[] content)
    {
        System.IO.File.WriteAllBytes(PathOf(name), content);
        return PathOf(name);
    }

    /// <inheritdoc cref="File(string, byte[])"/>
    public string File(string name, string content)
    {
        System.IO.File.WriteAllText(PathOf(name), content);
        return PathOf(name);
    }

    /// <summary>Runs a command inside this process.</summary>
    internal Task<DermOutcome> RunAsync(params string[] args) => RunAsync(args, "", CancellationToken.None);

    /// <summary>Runs a command inside this process with something on standard input.</summary>
    internal Task<DermOutcome> TalkAsync(string input, params string[] args) => RunAsync(args, input, CancellationToken.None);

    /// <summary>Runs a command that is stopped, as Ctrl-C does.</summary>
    internal Task<DermOutcome> StopAsync(CancellationToken cancellationToken, params string[] args) => RunAsync(args, "", cancellationToken);

    private async Task<DermOutcome> RunAsync(string[] args, string input, CancellationToken cancellationToken)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var exitCode = await Derm.RunAsync(args, new Terminal(output, error, new StringReader(input)), new DataFolders(AppContext.BaseDirectory, Home), cancellationToken);
        return new DermOutcome(exitCode, output.ToString(), error.ToString());
    }

    /// <summary>Runs the built program as people do.</summary>
    internal Task<DermOutcome> StartAsync(params string[] args) => StartAsync(_ => { }, args);

    /// <summary>As the other overload, in an environment of its own.</summary>
    internal async Task<DermOutcome> StartAsync(Action<ProcessStartInfo> prepare, params string[] args)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "derm.dll"), .. args])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Folder,
        };
        start.Environment["DERM_HOME"] = Home;
        prepare(start);
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new DermOutcome(process.ExitCode, await output, await error);
    }

    public void Dispose() => _root.Delete(recursive: true);
}
