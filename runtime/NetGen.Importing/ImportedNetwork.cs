using System.Diagnostics.CodeAnalysis;
using NetGen.Generator;
using NetGen.Importing;

namespace NetGen;

/// <summary>A model from elsewhere as NetGen has it: an annotated partial class that one can read, edit and compare, and its weights.</summary>
public sealed class ImportedNetwork
{
    internal ImportedNetwork(NetworkSource source, IReadOnlyList<ImportedTensor> weights, IReadOnlyList<string> notes)
    {
        this.NetworkSource = source;
        this.Tensors = weights;
        this.Notes = notes;
    }

    /// <summary>The C# of the class.</summary>
    public string Source
    {
        [RequiresUnreferencedCode(AttributeText.NotTrimmed)]
        get => this.NetworkSource.Text();
    }

    /// <summary>The name of the class.</summary>
    public string ClassName => this.NetworkSource.ClassName;

    /// <summary>The weights, under the names of the network's parameters and in Keras's layout.</summary>
    public ITensorStore Weights => new ImportedTensors(this.Tensors);

    /// <summary>What a user should know of how the model was turned, a sentence each: transposes that are left, inputs in another layout, and the like.</summary>
    public IReadOnlyList<string> Notes { get; }

    /// <summary>The inputs in the order of the class, with the model's names and axes; empty where the source tells none.</summary>
    public IReadOnlyList<ImportedPort> Inputs { get; init; } = [];

    /// <summary>The outputs in the order of the class, with the model's names and axes; empty where the source tells none.</summary>
    public IReadOnlyList<ImportedPort> Outputs { get; init; } = [];

    /// <summary>How many layers do nothing but bring the axes into another order: 0 where all of the graph could be turned.</summary>
    public int Transposes => this.NetworkSource.Transposes;

    internal NetworkSource NetworkSource { get; }

    internal IReadOnlyList<ImportedTensor> Tensors { get; }

    /// <summary>The tape as the compiler takes it.</summary>
    internal ModelSpec Model => new(
        new TypeSpec(this.NetworkSource.Namespace, EquatableArray<string>.Empty, this.ClassName, "public", false),
        this.NetworkSource.Options,
        this.NetworkSource.Elements.Select((e, i) => e with { Attribute = i }).ToEquatableArray());

    /// <summary>Writes the class, replacing an old file whole or not at all, and not touching one that is the same already.</summary>
    /// <param name="path">The file, which ends in <c>.cs</c>.</param>
    /// <exception cref="IOException">The file cannot be written; the old one stays.</exception>
    [RequiresUnreferencedCode(AttributeText.NotTrimmed)]
    public void SaveSource(string path)
    {
        string text = this.Source;
        if (!File.Exists(path) || File.ReadAllText(path) != text)
        {
            AtomicFile.Write(path, stream =>
            {
                using StreamWriter writer = new(stream, leaveOpen: true) { NewLine = "\n" };
                writer.Write(text);
            });
        }
    }

    /// <summary>Writes the weights as safetensors, replacing an old file whole or not at all.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="IOException">The file cannot be written; the old one stays.</exception>
    public void SaveWeights(string path) => WeightFile.Save(path, this.Weights);
}
