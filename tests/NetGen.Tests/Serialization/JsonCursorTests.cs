using System.Text;
using System.Text.Json;

namespace NetGen.Tests.Serialization;

/// <summary>The reader of headers against the general reader of the platform, on damaged texts.</summary>
public sealed class JsonCursorTests
{
    private static readonly string[] Words =
    [
        "\"", "{", "}", "[", "]", ",", ":", "0", "-", "1", "01", "-0", "1.5", "1.", ".5", "1e9", "1E+9", "1e", "+1", "true", "false", "null", "tru", " ", "\t", "\n", "\r",
        "\\", "\\n", "\\u0041", "\\uD83D\\uDE00", "\\uD83D", "\\uDE00", "\\x", "\\u00", "/", "é", "😀", "\u0001", "\u007f", "//", "{\"a\":[1,{\"b\":null}]}", "[[[[[[[",
    ];

    [Fact]
    public void It_accepts_what_the_platforms_reader_accepts()
    {
        int good = 0;
        int bad = 0;
        for (int i = 0; i < 60_000; i++)
        {
            byte[] text = Text((ulong)i);
            bool expected = PlatformAccepts(text);
            Assert.True(expected == Accepts(text), $"{i}: {(expected ? "refused" : "accepted")}: {Encoding.UTF8.GetString(text)}");
            good += expected ? 1 : 0;
            bad += expected ? 0 : 1;
        }

        Assert.InRange(good, 1000, 59_000);
        Assert.InRange(bad, 1000, 59_000);
    }

    [Theory]
    [InlineData("\"\"", "")]
    [InlineData(" \"a b\" ", "a b")]
    [InlineData("\"a name of more than sixteen bytes, then of more than thirty-two\"", "a name of more than sixteen bytes, then of more than thirty-two")]
    [InlineData("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e4\\uD83D\\uDE00é😀\"", "\"\\/\b\f\n\r\tä😀é😀")]
    public void A_string_is_unescaped(string json, string expected)
    {
        var cursor = new JsonCursor(Encoding.UTF8.GetBytes(json));
        Assert.Equal(expected, cursor.ReadString());
        Assert.True(cursor.IsAtEnd());
    }

    [Theory]
    [InlineData("0", 10, 0)]
    [InlineData(" 10]", 10, 10)]
    [InlineData("11", 10, -1)]
    [InlineData("9223372036854775807", long.MaxValue, long.MaxValue)]
    [InlineData("9223372036854775808", long.MaxValue, -1)]
    [InlineData("99999999999999999999999999", long.MaxValue, -1)]
    [InlineData("007", 10, -1)]
    [InlineData("1.0", 10, -1)]
    [InlineData("1e0", 10, -1)]
    [InlineData("-1", 10, -1)]
    [InlineData("", 10, -1)]
    public void A_whole_number_is_read_up_to_its_limit(string json, long largest, long expected)
    {
        var cursor = new JsonCursor(Encoding.UTF8.GetBytes(json));
        bool isRead = cursor.TryReadInteger(largest, out long value);
        Assert.Equal(expected >= 0, isRead);
        if (isRead) Assert.Equal(expected, value);
    }

    private static bool Accepts(byte[] text)
    {
        try
        {
            var cursor = new JsonCursor(text);
            cursor.Skip(6);
            return cursor.IsAtEnd();
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static bool PlatformAccepts(byte[] text)
    {
        try
        {
            var reader = new Utf8JsonReader(text, new JsonReaderOptions { MaxDepth = 6 });
            while (reader.Read())
            {
                // It looks into a string only when it is asked for it.
                if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName) _ = reader.GetString();
            }

            return true;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>A random value, then some damage in two of three.</summary>
    private static byte[] Text(ulong seed)
    {
        long draw = 0;
        int Next(int bound) => (int)Philox.Below(bound, seed, 0, 0, draw++);
        var text = new StringBuilder();
        void Value(int depth)
        {
            switch (Next(depth > 3 ? 4 : 6))
            {
                case 0:
                    text.Append('"').Append(new[] { "", "a", "\\u00e9\\n", "é😀", "\\uD83D\\uDE00", "x y" }[Next(6)]).Append('"');
                    break;
                case 1:
                    text.Append(new[] { "0", "-0", "12", "-3.25", "1e9", "2E-3", "0.0e+0" }[Next(7)]);
                    break;
                case 2:
                    text.Append(new[] { "true", "false", "null" }[Next(3)]);
                    break;
                case 3:
                    text.Append(' ').Append(Next(100)).Append('\n');
                    break;
                case 4:
                    text.Append('[');
                    for (int i = Next(4); i > 0; i--)
                    {
                        Value(depth + 1);
                        if (i > 1) text.Append(',');
                    }

                    text.Append(']');
                    break;
                default:
                    text.Append('{');
                    for (int i = Next(4); i > 0; i--)
                    {
                        text.Append($"\"k{i}\" : ");
                        Value(depth + 1);
                        if (i > 1) text.Append(", ");
                    }

                    text.Append('}');
                    break;
            }
        }

        Value(0);
        var bytes = new List<byte>(Encoding.UTF8.GetBytes(text.ToString()));
        for (int damage = Next(3); damage > 0; damage--)
        {
            int at = Next(bytes.Count + 1);
            if (Next(2) == 0) bytes.InsertRange(at, Encoding.UTF8.GetBytes(Words[Next(Words.Length)]));
            else if (at < bytes.Count && Next(3) > 0) bytes.RemoveAt(at);
            else if (at < bytes.Count) bytes[at] = (byte)Next(256);
        }

        return [.. bytes];
    }
}
