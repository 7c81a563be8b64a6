namespace DermAssistant.Channels.Conversations;

/// <summary>Folders that nobody but the server's own user may look into.</summary>
internal static class PrivateFolder
{
    public static void Make(string path)
    {
        if (Directory.Exists(path)) return;
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(path);
        else Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
