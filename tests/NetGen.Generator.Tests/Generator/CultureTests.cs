using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace NetGen.Generator.Tests;

/// <summary>
/// The generator runs in the user's own culture: fi-FI writes U+2212 and a comma in numbers, tr-TR has another upper case of i. Models, files and messages must not show it.
/// </summary>
public sealed class CultureTests
{
    private const string Text = """
        using NetGen; using Words;
        [Network, Input(1000, 3), Sized(-1000, Strides = -0.5, Rate = 1234.5f, Typed = (Tone)(-7), Name = "i"), InputUnit(-3, Repeat = "i")]
        public partial class Iıİi;
        [Sized(nameof(item), Strides = nameof(index)), Plain(Name = "{i}"), Missing]
        public sealed class InputUnitAttribute(int item, double index = -2.5) : BlockAttribute;
        [Plain] public partial class Other;
        """;

    [Theory]
    [InlineData("\u2212")]
    [InlineData("\u061C-")]
    public async Task TheCultureDoesNotShow(string minus)
    {
        CultureInfo culture = Culture(minus);
        Assert.NotEqual("-1", (-1).ToString(culture));
        string expected = await Run(CultureInfo.InvariantCulture);
        Assert.Contains("Size: -1000", expected, StringComparison.Ordinal);
        Assert.Contains("Item: -3", expected, StringComparison.Ordinal);
        Assert.Contains("bare: -1.5", expected, StringComparison.Ordinal);
        Assert.Equal(expected, await Run(culture));
    }

    /// <summary>The tests run without ICU's data, so what matters of a culture is set by hand.</summary>
    private static CultureInfo Culture(string minus)
    {
        CultureInfo culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.NumberFormat.NegativeSign = minus;
        culture.NumberFormat.NumberDecimalSeparator = ",";
        culture.NumberFormat.NumberGroupSeparator = "\u00A0";
        culture.NumberFormat.NaNSymbol = "ep\u00E4luku";
        return culture;
    }

    private static async Task<string> Run(CultureInfo culture)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = culture;
        CultureInfo.DefaultThreadCurrentCulture = culture;
        try
        {
            CSharpCompilation compilation = TestSource.Compile(Text);
            GeneratorRunResult result = CSharpGeneratorDriver.Create(new NetworkGenerator(m => new CompiledShell(SpecText.Of(m) + $"bare: {-1.5}", []), (m, _) => SpecText.Of(m))).RunGenerators(compilation).GetRunResult().Results[0];
            ImmutableArray<Diagnostic> found = await TestSource.Analyze(compilation, new NetworkAnalyzer());
            return string.Join("\n", result.GeneratedSources.Select(s => s.HintName + "\n" + s.SourceText).Concat(found.Select(d => d.ToString())));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
            CultureInfo.DefaultThreadCurrentCulture = null;
        }
    }
}
