namespace DermAssistant.Cli;

/// <summary>Files a command is asked to write: whole, or not at all.</summary>
internal static class OutputFile
{
    /// <summary>Writes beside the target and then moves it into place, replacing an older file.</summary>
    /// <exception cref="CommandException">The place cannot be written to.</exception>
    public static void Write(string path, Action<Stream> content) => WriteAt(path, partial =>
    {
        using var stream = new FileStream(partial, FileMode.Create, FileAccess.Write);
        content(stream);
    });

    /// <summary>As <see cref="Write"/>, for content that is written to a path of its own.</summary>
    /// <param name="content">Gets the path of the file beside the target.</param>
    public static void WriteAt(string path, Action<string> content) => Beside(path, (partial, full) =>
    {
        content(partial);
        File.Move(partial, full, overwrite: true);
    });

    /// <summary>Fails early where <paramref name="path"/> cannot be written, before hours of work go into its content.</summary>
    public static void Probe(string path) => Beside(path, (partial, _) => File.WriteAllBytes(partial, []));

    /// <summary>Gives the path of a file beside the target, which is gone afterwards, and the target's.</summary>
    private static void Beside(string path, Action<string, string> write)
    {
        var full = Whole(path);
        var partial = $"{full}.{Environment.ProcessId}.part";
        try
        {
            if (Directory.Exists(full)) throw new IOException("it is a folder");
            if (Path.GetDirectoryName(full) is { Length: > 0 } folder) Directory.CreateDirectory(folder);
            write(partial, full);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // Nobody asked for the file beside it.
            throw Unwritable(path, failure, failure.Message.Replace(partial, full, StringComparison.Ordinal));
        }
        finally
        {
            if (File.Exists(partial)) File.Delete(partial);
        }
    }

    private static string Whole(string path)
    {
        try
        {
            return Path.GetFullPath(path);
        }
        catch (ArgumentException failure)
        {
            throw Unwritable(path, failure, failure.Message);
        }
    }

    private static CommandException Unwritable(string path, Exception failure, string why) => new(
        ExitCode.StoreUnreachable, $"{path} cannot be written: {why}", "Name a file in a folder that you may write to and that has space left.", failure);
}
