namespace NetGen.Generator;

/// <summary>F(m x m, r x r): tiles of m x m outputs of a filter of r x r taps from (m + r - 1)² products a channel in place of m² r².</summary>
/// <param name="Outputs">m.</param>
/// <param name="Taps">r.</param>
internal sealed record WinogradForm(int Outputs, int Taps)
{
    /// <summary>Channels and filters come in whole vectors of the widest path.</summary>
    private const int Lanes = 16;

    /// <summary>Channels times filters up to which the factors of a filter are few enough not to count.</summary>
    private const int SmallWeights = 128 * 128;

    private const double LeastSaving = 1.5;

    /// <summary>Inputs of a tile along an axis, and factors.</summary>
    public int Factors => this.Outputs + this.Taps - 1;

    public int Planes => this.Factors * this.Factors;

    /// <summary>How the runtime's transforms are named.</summary>
    public string Suffix => FormattableString.Invariant($"{this.Outputs}x{this.Taps}");

    public double Gain => (double)this.Outputs * this.Outputs * this.Taps * this.Taps / this.Planes;

    public override string ToString() => FormattableString.Invariant($"F({this.Outputs}x{this.Outputs},{this.Taps}x{this.Taps})");

    /// <summary>Tiles along an axis of the output.</summary>
    public int TilesOf(int outputs) => (outputs + this.Outputs - 1) / this.Outputs;

    /// <summary>
    /// The form for a convolution, or null where the direct one serves better, and why: six factors an axis need maps of some size and factors of the filter that stay in
    /// the last-level cache; F(2,3) has fewer of both, and rounds less.
    /// </summary>
    /// <remarks>
    /// Measured on one core (AMD Zen 4, a batch of one, a chain of layers that no cache holds), ms a layer direct, F(2x2,3x3), F(4x4,3x3): 14x14 of 256 to 256 filters
    /// 2.03, 1.19, 0.91; 7x7 of 512 to 512 2.08, 1.38, 1.32, where the last one's factors are 36 MiB a filter.
    /// </remarks>
    /// <param name="sizes">The convolution.</param>
    /// <param name="filters">M.</param>
    /// <param name="isPrecise">Whether forms of six factors are forbidden.</param>
    /// <param name="isFrugal">Whether memory counts, as in inference: of a large filter F(4,3), whose factors are 2.25 times those of F(2,3), must then save a third of the products.</param>
    public static (WinogradForm? Form, string Reason) For(ConvSizes sizes, int filters, bool isPrecise, bool isFrugal)
    {
        long weights = (long)sizes.Channels * filters;
        if (Unfit(sizes, filters) is { } unfit)
        {
            return (null, unfit);
        }

        string? six = isPrecise ? "six factors an axis are forbidden"
            : weights > 256 * 256 ? "the filter's factors for more would leave the cache"
            : sizes.KernelHeight == 3 && (sizes.OutputHeight < 8 || sizes.OutputWidth < 8) ? "the output is smaller than 8x8"
            : sizes.KernelHeight == 3 && isFrugal && weights > SmallWeights && Saves(sizes.OutputHeight, sizes.OutputWidth) < LeastSaving ? "F(4x4,3x3) saves too few products for the memory of its factors" : null;
        return six is null ? (new WinogradForm(sizes.KernelHeight == 5 ? 2 : 4, sizes.KernelHeight), "the output is large enough, and the filter's factors stay in the cache")
            : sizes.KernelHeight == 5 ? (null, six)
            : weights > 512 * 512 ? (null, "the filter's factors would leave the cache")
            : sizes.Channels < 32 || filters < 32 ? (null, $"{six}, and F(2x2,3x3) needs 32 channels and filters to be worth its transforms")
            : (new WinogradForm(2, 3), six);
    }

    /// <summary>The form for the gradient of a filter, which passes over its factors once, so that they may be large; or null, and why.</summary>
    public static (WinogradForm? Form, string Reason) ForFilterGradient(ConvSizes sizes, int filters, bool isPrecise) =>
        Unfit(sizes, filters) is { } unfit ? (null, unfit)
        : !isPrecise ? (new WinogradForm(sizes.KernelHeight == 5 ? 2 : 4, sizes.KernelHeight), "the output is large enough")
        : sizes.KernelHeight == 5 ? (null, "six factors an axis are forbidden")
        : (new WinogradForm(2, 3), "six factors an axis are forbidden");

    /// <summary>Why no form serves at all, or null.</summary>
    private static string? Unfit(ConvSizes sizes, int filters) =>
        sizes is { KernelHeight: 1, KernelWidth: 1 } ? "a filter of one pixel is a plain product"
        : sizes is not { StrideHeight: 1, StrideWidth: 1, DilationHeight: 1, DilationWidth: 1 } ? "it has strides or dilations"
        : sizes.KernelHeight != sizes.KernelWidth || sizes.KernelHeight is not (3 or 5) ? "Winograd's forms are for 3x3 and 5x5"
        : sizes.Channels % Lanes != 0 || filters % Lanes != 0 ? $"Winograd's forms take multiples of {Lanes} channels and filters"
        : sizes.OutputHeight < 4 || sizes.OutputWidth < 4 ? "the output is smaller than 4x4" : null;

    /// <summary>How many times fewer products F(4x4,3x3) takes than F(2x2,3x3), whole tiles counted.</summary>
    private static double Saves(int height, int width)
    {
        WinogradForm large = new(4, 3), small = new(2, 3);
        return (double)small.TilesOf(height) * small.TilesOf(width) * small.Planes / (large.TilesOf(height) * large.TilesOf(width) * large.Planes);
    }
}
