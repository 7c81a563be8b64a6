using System.Text;

namespace DermAssistant.DermLip;

/// <summary>A file somebody gave us: read as a whole, or refused by name.</summary>
internal static class InputFile
{
    private const string Remedy = "Check the file and its permissions.";

    /// <summary>Refuses what must not even be opened: a pipe waits for a writer that never comes.</summary>
    /// <remarks>Pipes, sockets and devices have no length; an empty file is of no use either.</remarks>
    /// <exception cref="ModelPackException">There is no such file, or nothing in it.</exception>
    public static void Require(string path)
    {
        if (!HasContent(path))
            throw new ModelPackException($"{path} is empty or no regular file.", "Give a file downloaded from the hub; pipes and devices are not read.");
    }

    /// <summary>Whether it is a regular file with something in it, links followed.</summary>
    /// <exception cref="ModelPackException">That cannot be found out.</exception>
    public static bool HasContent(string path) => Guard(path, () =>
    {
        var file = new FileInfo(path);
        return file.Exists && (file.ResolveLinkTarget(returnFinalTarget: true) ?? file) is FileInfo { Exists: true, Length: > 0 };
    });

    /// <exception cref="ModelPackException">It cannot be read.</exception>
    public static byte[] ReadBytes(string path)
    {
        Require(path);
        return Guard(path, () => File.ReadAllBytes(path));
    }

    /// <summary>Its content as UTF-8, without a byte order mark.</summary>
    /// <exception cref="ModelPackException">It cannot be read.</exception>
    public static string ReadText(string path)
    {
        using var reader = new StreamReader(new MemoryStream(ReadBytes(path)), Encoding.UTF8);
        return reader.ReadToEnd();
    }

    /// <summary>Has failures to read named as the file's: the place where packs are kept is not at fault.</summary>
    /// <exception cref="ModelPackException">It cannot be read.</exception>
    public static T Guard<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ModelPackException($"{path} cannot be read: {e.Message}", Remedy, e);
        }
    }
}
