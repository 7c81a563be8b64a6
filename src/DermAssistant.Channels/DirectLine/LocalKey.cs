using System.Security.Cryptography;
using System.Text;
using DermAssistant.Channels.Conversations;
using Microsoft.AspNetCore.DataProtection;

namespace DermAssistant.Channels.DirectLine;

/// <summary>The server's own key for what it signs: tokens and addresses of photos. Made once and kept beside the other keys.</summary>
internal sealed class LocalKey
{
    private const int Length = 32;

    private readonly byte[] _key;

    /// <exception cref="ChannelSetupException">The key cannot be read or kept.</exception>
    public LocalKey(ChannelsOptions options, IDataProtectionProvider provider)
    {
        if (options.KeyFolder is not { } folder)
        {
            _key = RandomNumberGenerator.GetBytes(Length);
            return;
        }

        var file = Path.Combine(folder, "directline.key");
        var protector = provider.CreateProtector("DermAssistant.DirectLine.v1");
        try
        {
            PrivateFolder.Make(folder);
            if (!File.Exists(file))
            {
                var partial = Path.Combine(folder, $".directline.{Guid.NewGuid():N}");
                File.WriteAllBytes(partial, protector.Protect(RandomNumberGenerator.GetBytes(Length)));
                try
                {
                    File.Move(partial, file);
                }
                catch (IOException) when (File.Exists(file))
                {
                    // Another process was first; its key counts.
                    File.Delete(partial);
                }
            }

            _key = protector.Unprotect(File.ReadAllBytes(file));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new ChannelSetupException($"The key {file} cannot be used: {failure.Message}", "Restore the folder of keys, or remove this file: tokens given out before are then no longer good.");
        }
    }

    /// <summary>A key for one purpose; keys of different purposes tell nothing of each other.</summary>
    public byte[] For(string purpose) => HKDF.DeriveKey(HashAlgorithmName.SHA256, _key, Length, info: Encoding.UTF8.GetBytes(purpose));
}
