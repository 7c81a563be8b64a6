using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace DermAssistant.Channels.Conversations;

/// <summary>Encrypts what is kept of a conversation. What was encrypted for one conversation cannot be read as another's.</summary>
internal sealed class Cipher(IDataProtectionProvider provider)
{
    private readonly IDataProtector _protector = provider.CreateProtector("DermAssistant.Conversations.v1");

    public byte[] Encrypt(string conversation, byte[] content) => _protector.CreateProtector(conversation).Protect(content);

    /// <exception cref="CryptographicException">The content was changed, is another conversation's, or its key is gone.</exception>
    public byte[] Decrypt(string conversation, byte[] content) => _protector.CreateProtector(conversation).Unprotect(content);
}
