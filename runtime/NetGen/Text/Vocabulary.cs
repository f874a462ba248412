using System.Text;

namespace NetGen;

/// <summary>
/// The tokens of texts, words or characters, with their numbers: what an Embedding takes in and a Softmax over tokens gives out. Number 0 is padding, 1 stands for whatever is not in
/// the vocabulary; on demand 2 is the start of a text and 3 its end. It is immutable.
/// </summary>
public sealed partial class Vocabulary
{
    /// <summary>The number of the padding behind a text, which a mask leaves out.</summary>
    public const int Padding = 0;

    /// <summary>The number of whatever is not in the vocabulary.</summary>
    public const int Unknown = 1;

    private const string UnknownText = "[UNK]";

    private readonly string[] tokens;
    private readonly Dictionary<string, int> numbers = new(StringComparer.Ordinal);

    private Vocabulary(TextUnit unit, TextStandardization standardization, bool hasStartAndEnd, IEnumerable<string> learned)
    {
        Unit = unit;
        Standardization = standardization;
        HasStartAndEnd = hasStartAndEnd;
        tokens = [.. hasStartAndEnd ? ["", UnknownText, "[START]", "[END]"] : new[] { "", UnknownText }, .. learned];
        for (int i = FirstLearned; i < tokens.Length; i++)
        {
            // A special token has no text that could be taken for it.
            if (tokens[i].Length == 0) throw new ArgumentException($"Token {i - FirstLearned} is empty.", nameof(learned));
            if (!numbers.TryAdd(tokens[i], i)) throw new ArgumentException($"The token '{tokens[i]}' stands twice.", nameof(learned));
        }
    }

    /// <summary>Whether tokens are words or characters.</summary>
    public TextUnit Unit { get; }

    /// <summary>What becomes of a text before it is cut into tokens.</summary>
    public TextStandardization Standardization { get; }

    /// <summary>Whether there are tokens for the start and the end of a text.</summary>
    public bool HasStartAndEnd { get; }

    /// <summary>How many tokens there are, the special ones included: the first argument of an Embedding, and the units of a Dense that gives their probabilities.</summary>
    public int Count => tokens.Length;

    /// <summary>The number of the start of a text.</summary>
    /// <exception cref="InvalidOperationException">The vocabulary has none.</exception>
    public int Start => HasStartAndEnd ? 2 : throw new InvalidOperationException("The vocabulary has no start token; it was built without startAndEnd.");

    /// <summary>The number of the end of a text.</summary>
    /// <exception cref="InvalidOperationException">The vocabulary has none.</exception>
    public int End => HasStartAndEnd ? 3 : throw new InvalidOperationException("The vocabulary has no end token; it was built without startAndEnd.");

    /// <summary>The text of a token; of padding the empty one.</summary>
    /// <param name="token">Its number.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such token.</exception>
    public string this[int token] => (uint)token < (uint)tokens.Length ? tokens[token]
        : throw new ArgumentOutOfRangeException(nameof(token), token, $"The vocabulary has the tokens 0 to {tokens.Length - 1}.");

    private int FirstLearned => HasStartAndEnd ? 4 : 2;

    /// <summary>The words of some texts, the most frequent first, and of equally frequent ones the last in ordinal order first, as in Keras.</summary>
    /// <param name="texts">The texts; give those of the training part alone.</param>
    /// <param name="maxTokens">The most tokens, the special ones included; null for all.</param>
    /// <param name="standardization">What becomes of a text before it is cut at white space.</param>
    /// <param name="startAndEnd">Whether there are tokens for the start and the end of a text.</param>
    /// <param name="leastCount">How often a word must occur to have a token of its own.</param>
    /// <returns>The vocabulary.</returns>
    /// <exception cref="ArgumentException">A text is null, or there is no room beside the special tokens.</exception>
    public static Vocabulary FromWords(
        IEnumerable<string> texts, int? maxTokens = null, TextStandardization standardization = TextStandardization.LowerAndStripPunctuation, bool startAndEnd = false, int leastCount = 1) =>
        Learn(TextUnit.Word, texts, maxTokens, standardization, startAndEnd, leastCount);

    /// <summary>The characters of some texts, the most frequent first, and of equally frequent ones the last in ordinal order first, as in Keras.</summary>
    /// <param name="standardization">What becomes of a text before it is cut into characters.</param>
    /// <param name="leastCount">How often a character must occur to have a token of its own.</param>
    /// <inheritdoc cref="FromWords"/>
    /// <param name="texts"/>
    /// <param name="maxTokens"/>
    /// <param name="startAndEnd"/>
    public static Vocabulary FromCharacters(
        IEnumerable<string> texts, int? maxTokens = null, TextStandardization standardization = TextStandardization.None, bool startAndEnd = false, int leastCount = 1) =>
        Learn(TextUnit.Character, texts, maxTokens, standardization, startAndEnd, leastCount);

    /// <summary>A vocabulary of given tokens; their numbers follow those of the special ones.</summary>
    /// <param name="unit">Whether they are words or characters.</param>
    /// <param name="tokens">The tokens, each once.</param>
    /// <param name="standardization">What becomes of a text before it is cut into tokens.</param>
    /// <param name="startAndEnd">Whether there are tokens for the start and the end of a text.</param>
    /// <returns>The vocabulary.</returns>
    /// <exception cref="ArgumentException">A token is empty or stands twice.</exception>
    public static Vocabulary FromTokens(
        TextUnit unit, IEnumerable<string> tokens, TextStandardization standardization = TextStandardization.None, bool startAndEnd = false)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        return new(unit, standardization, startAndEnd, tokens);
    }

    /// <summary>The number of a token by its text; <see cref="Unknown"/> where it is not in the vocabulary.</summary>
    /// <param name="token">The word or character, as it stands in a standardized text.</param>
    public int IndexOf(string token) => numbers.GetValueOrDefault(token, Unknown);

    /// <summary>A text as the numbers of its tokens, with its start and end where they are asked for.</summary>
    /// <param name="text">The text.</param>
    /// <param name="start">Whether the start token stands before it.</param>
    /// <param name="end">Whether the end token stands behind it.</param>
    /// <returns>The numbers; none for an empty text without start and end.</returns>
    /// <exception cref="InvalidOperationException">The vocabulary has no such tokens.</exception>
    public int[] Encode(string text, bool start = false, bool end = false)
    {
        ArgumentNullException.ThrowIfNull(text);
        List<int> encoded = [];
        if (start) encoded.Add(Start);
        foreach (string token in Split(Standardize(text, Standardization), Unit)) encoded.Add(IndexOf(token));
        if (end) encoded.Add(End);
        return [.. encoded];
    }

    /// <summary>Texts as the numbers of their tokens.</summary>
    /// <param name="texts">The texts.</param>
    /// <param name="start">Whether the start token stands before each.</param>
    /// <param name="end">Whether the end token stands behind each.</param>
    /// <returns>For each text its numbers.</returns>
    /// <exception cref="InvalidOperationException">The vocabulary has no such tokens.</exception>
    public int[][] Encode(IEnumerable<string> texts, bool start = false, bool end = false)
    {
        ArgumentNullException.ThrowIfNull(texts);
        return [.. texts.Select(text => Encode(text, start, end))];
    }

    /// <summary>The text of tokens, words with a space between. It ends before the first end token; starts and padding are left out.</summary>
    /// <param name="encoded">The numbers of the tokens.</param>
    /// <returns>The text.</returns>
    /// <exception cref="ArgumentException">A number is none of a token; the message tells its place.</exception>
    public string Decode(ReadOnlySpan<int> encoded)
    {
        StringBuilder text = new();
        for (int i = 0; i < encoded.Length; i++)
        {
            int token = encoded[i];
            if ((uint)token >= (uint)tokens.Length)
                throw new ArgumentException($"The number at {i} is {token}; the vocabulary has the tokens 0 to {tokens.Length - 1}.", nameof(encoded));
            if (HasStartAndEnd && token == End) break;
            if (token == Padding || (HasStartAndEnd && token == Start)) continue;
            if (Unit == TextUnit.Word && text.Length > 0) text.Append(' ');
            text.Append(tokens[token]);
        }

        return text.ToString();
    }

    private static Vocabulary Learn(TextUnit unit, IEnumerable<string> texts, int? maxTokens, TextStandardization standardization, bool startAndEnd, int leastCount)
    {
        ArgumentNullException.ThrowIfNull(texts);
        ArgumentOutOfRangeException.ThrowIfLessThan(leastCount, 1);
        int special = startAndEnd ? 4 : 2;
        if (maxTokens <= special)
            throw new ArgumentOutOfRangeException(nameof(maxTokens), maxTokens, $"{special} tokens are special; more are expected.");
        Dictionary<string, long> counts = new(StringComparer.Ordinal);
        int read = 0;
        foreach (string text in texts)
        {
            if (text is null) throw new ArgumentException($"Text {read} is null.", nameof(texts));
            foreach (string token in Split(Standardize(text, standardization), unit)) counts[token] = counts.GetValueOrDefault(token) + 1;
            read++;
        }

        IEnumerable<string> sorted = counts.Where(pair => pair.Value >= leastCount).OrderByDescending(pair => pair.Value).ThenByDescending(pair => pair.Key, StringComparer.Ordinal).Select(pair => pair.Key);
        return new(unit, standardization, startAndEnd, maxTokens is { } most ? sorted.Take(most - special) : sorted);
    }

    private static string Standardize(string text, TextStandardization standardization)
    {
        // Half a character is none: a file of UTF-8 could not hold it.
        if (text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF')) text = string.Concat(text.EnumerateRunes().Select(rune => rune.ToString()));
        if (standardization.HasFlag(TextStandardization.Lower)) text = text.ToLowerInvariant();
        return standardization.HasFlag(TextStandardization.StripPunctuation) ? string.Concat(text.Where(c => !char.IsAscii(c) || !(char.IsPunctuation(c) || char.IsSymbol(c)))) : text;
    }

    private static IEnumerable<string> Split(string text, TextUnit unit) =>
        unit == TextUnit.Word ? text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) : text.EnumerateRunes().Select(rune => rune.ToString());
}
