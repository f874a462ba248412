namespace NetGen.Generator;

/// <summary>
/// A code path. All three are emitted from the one schedule; the JIT keeps the one whose guard is true, because the guards are constants to it.
/// </summary>
/// <param name="Vector">The vector class.</param>
/// <param name="Width">Floats in a vector.</param>
/// <param name="Suffix">What the names of this path's methods and helpers end in.</param>
/// <param name="MultiplyAdd">
/// a * b + c, a method of the vector class which its operands choose. The portable path has no fused form everywhere, and a software one would be a hundred times slower.
/// </param>
internal sealed record Isa(string Vector, int Width, string Suffix, string MultiplyAdd)
{
    public static readonly Isa Avx512 = new("Vector512", 16, "512", "FusedMultiplyAdd");
    public static readonly Isa Avx2 = new("Vector256", 8, "256", "FusedMultiplyAdd");
    public static readonly Isa Portable = new("Vector128", 4, "128", "MultiplyAddEstimate");

    /// <summary>In the order in which they are tried.</summary>
    public static readonly Isa[] All = [Avx512, Avx2, Portable];

    public string Type => this.Vector + "<float>";

    /// <summary>The constant that tells the JIT whether this path is the machine's.</summary>
    public string Guard => this.Vector + ".IsHardwareAccelerated";

    public string Zero => this.Type + ".Zero";

    /// <summary>A vector at an element index behind a reference.</summary>
    public string Load(string reference, string index = "0") =>
        $"{this.Vector}.LoadUnsafe(ref {reference}{Element(index)})";

    public string Store(string vector, string reference, string index = "0") =>
        $"{Receiver(vector)}.StoreUnsafe(ref {reference}{Element(index)});";

    private static string Element(string index) =>
        index == "0" ? "" : index.All(char.IsDigit) ? ", " + index : index.All(char.IsLetter) ? ", (nuint)" + index : $", (nuint)({index})";

    /// <summary>The first <paramref name="count"/> lanes; the others are zero and their memory is not read.</summary>
    public string LoadTail(string reference, string count) => $"Tail.Load{this.Suffix}(ref {reference}, {count})";

    public string StoreTail(string vector, string reference, string count) => $"Tail.Store{this.Suffix}({vector}, ref {reference}, {count});";

    private static string Receiver(string vector) => vector.All(c => char.IsLetterOrDigit(c) || c == '_') || IsCall(vector) ? vector : "(" + vector + ")";

    /// <summary>One call: a name and what stands in the parentheses that close the text.</summary>
    private static bool IsCall(string text)
    {
        int open = text.IndexOf('('), depth = 0;
        if (open <= 0 || !text.Take(open).All(c => char.IsLetterOrDigit(c) || c is '.' or '_'))
        {
            return false;
        }

        for (int i = open; i < text.Length; i++)
        {
            depth += text[i] == '(' ? 1 : text[i] == ')' ? -1 : 0;
            if (depth == 0)
            {
                return i == text.Length - 1;
            }
        }

        return false;
    }

    /// <summary>One number in every lane.</summary>
    public string Create(string scalar) => $"{this.Vector}.Create({scalar})";
}
