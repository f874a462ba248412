using System.Globalization;

namespace NetGen.GeneratorBenchmark;

/// <summary>A network that the generator is measured on, in the text with which the other benchmarks compile it.</summary>
/// <param name="Name">Its name on the command line.</param>
/// <param name="File">The file's name.</param>
/// <param name="Edited">The part of the text that edits replace.</param>
/// <param name="Edit">What the edit of a number puts there; no two are equal, and none is the original.</param>
/// <param name="Unmeasured">Runs before those that are measured: so many as it takes the JIT to compile all of the generator as well as it can.</param>
/// <param name="Measured">Runs that are measured.</param>
internal sealed record Subject(string Name, string File, string Edited, Func<int, string> Edit, int Unmeasured, int Measured)
{
    private static readonly Subject[] All =
    [
        new("mlp", "Mlp.cs", "Dense(128,", i => Text($"Dense({129 + i},"), Unmeasured: 60, Measured: 101),
        new("resnet50", "Resnet50.cs", "ResNet50(", i => Text($"ResNet50({1001 + i}, "), Unmeasured: 15, Measured: 21),
        new("resnet152", "Resnet152.cs", "ResNet152(", i => Text($"ResNet152({1001 + i}, "), Unmeasured: 60, Measured: 101),
        new("densenet121", "Densenet121.cs", "DenseNet121(", i => Text($"DenseNet121({1001 + i}, "), Unmeasured: 15, Measured: 21),
        new("tape500", "Tape500.cs", "Dense(2)", i => Text($"Dense({3 + i})"), Unmeasured: 15, Measured: 21),
    ];

    /// <summary>The text as it is.</summary>
    public string Source => field ??= Read();

    /// <exception cref="ArgumentException">There is none of that name.</exception>
    public static Subject Find(string name) => All.FirstOrDefault(s => s.Name == name)
        ?? throw new ArgumentException($"no network '{name}'; there are: {string.Join(", ", All.Select(s => s.Name))}", nameof(name));

    /// <summary>The text after an edit.</summary>
    public string After(int edit) => Source.Replace(Edited, Edit(edit), StringComparison.Ordinal);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private string Read()
    {
        using StreamReader reader = new(typeof(Subject).Assembly.GetManifestResourceStream(File)!);
        string text = "using NetGen;\n" + reader.ReadToEnd();
        return text.Contains(Edited, StringComparison.Ordinal) ? text
            : throw new InvalidOperationException($"{File} has no '{Edited}' to edit");
    }
}
