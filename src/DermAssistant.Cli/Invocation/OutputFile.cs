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
    public static void WriteAt(string path, Action<string> content)
    {
        var full = Whole(path);
        var partial = $"{full}.{Environment.ProcessId}.part";
        try
        {
            if (Directory.Exists(full)) throw new IOException("it is a folder");
            if (Path.GetDirectoryName(full) is { Length: > 0 } folder) Directory.CreateDirectory(folder);
            content(partial);
            File.Move(partial, full, overwrite: true);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(path, failure);
        }
        finally
        {
            if (File.Exists(partial)) File.Delete(partial);
        }
    }

    /// <summary>Fails early where <paramref name="path"/> cannot be written, before hours of work go into its content.</summary>
    public static void Probe(string path)
    {
        var probe = $"{path}.{Environment.ProcessId}.probe";
        WriteAt(probe, partial => File.WriteAllBytes(partial, []));
        File.Delete(probe);
    }

    private static string Whole(string path)
    {
        try
        {
            return Path.GetFullPath(path);
        }
        catch (ArgumentException failure)
        {
            throw Unwritable(path, failure);
        }
    }

    private static CommandException Unwritable(string path, Exception failure) => new(
        ExitCode.StoreUnreachable, $"{path} cannot be written: {failure.Message}", "Name a file in a folder that you may write to and that has space left.", failure);
}
