using System.Globalization;
using System.Text;

namespace NetGen.Generator;

/// <summary>FNV-1a over UTF-8: the same on every machine and run, unlike a string's own hash.</summary>
internal static class StableHash
{
    /// <summary>64 bits as 16 hexadecimal digits.</summary>
    public static string Of(string text)
    {
        ulong hash = 14695981039346656037;
        foreach (byte b in Encoding.UTF8.GetBytes(text))
        {
            hash = unchecked((hash ^ b) * 1099511628211);
        }

        return hash.ToString("x16", CultureInfo.InvariantCulture);
    }
}
