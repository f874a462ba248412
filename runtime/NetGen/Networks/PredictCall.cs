using System.ComponentModel;

namespace NetGen;

/// <summary>The inputs and outputs of one inference, as emitted code gathers them.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public ref struct PredictCall
{
    /// <summary>The samples of the first input, one after the other.</summary>
    public ReadOnlySpan<float> Input0;

    /// <summary>The samples of the second input.</summary>
    public ReadOnlySpan<float> Input1;

    /// <summary>The samples of the third input.</summary>
    public ReadOnlySpan<float> Input2;

    /// <summary>The samples of the fourth input.</summary>
    public ReadOnlySpan<float> Input3;

    /// <summary>Where the first output's samples go.</summary>
    public Span<float> Output0;

    /// <summary>Where the second output's samples go.</summary>
    public Span<float> Output1;

    /// <summary>Where the third output's samples go.</summary>
    public Span<float> Output2;

    /// <summary>Where the fourth output's samples go.</summary>
    public Span<float> Output3;

    /// <summary>The number of samples, which every span must agree on.</summary>
    /// <exception cref="ArgumentException">A span's length is no whole number of samples, or not the same number as the others'.</exception>
    internal readonly int CountSamples(NetworkDefinition definition)
    {
        int size = definition.Inputs[0].Size;
        int count = this.Input0.Length / size;
        Check(definition, definition.Inputs[0].Name, "input", this.Input0.Length, size, count);
        for (int i = 1; i < definition.Inputs.Length; i++)
        {
            int length = i switch { 1 => this.Input1.Length, 2 => this.Input2.Length, _ => this.Input3.Length };
            Check(definition, definition.Inputs[i].Name, "input", length, definition.Inputs[i].Size, count);
        }

        for (int i = 0; i < definition.Outputs.Length; i++)
        {
            int length = i switch { 0 => this.Output0.Length, 1 => this.Output1.Length, 2 => this.Output2.Length, _ => this.Output3.Length };
            Check(definition, definition.Outputs[i].Name, "output", length, definition.Outputs[i].Size, count);
        }

        return count;
    }

    private static void Check(NetworkDefinition definition, string name, string kind, int length, int size, int count)
    {
        if ((long)count * size != length)
        {
            Throw(definition, name, kind, length, size, count);
        }
    }

    private static void Throw(NetworkDefinition definition, string name, string kind, int length, int size, int count) =>
        throw new ArgumentException(
            $"{definition.Name}: the {kind} '{name}' takes {size} elements a sample, so {(long)count * size} for {count} samples; the span has {length}.", name);
}
