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

    /// <summary>The number of samples of a network with a time, whose spans alone do not tell it; 0 otherwise.</summary>
    public int Samples;

    /// <summary>Sets a frame's sizes: the number of samples, on which every span must agree, and the times.</summary>
    /// <exception cref="ArgumentException">A span's length is no whole number of samples, or not the same number as the others'.</exception>
    internal readonly int SetSizes(NetworkDefinition definition, ref Frame frame)
    {
        InputInfo first = definition.Inputs[0];
        int count = first.Time == 0 && this.Samples == 0 ? this.Input0.Length / first.Size : this.Samples;
        ArgumentOutOfRangeException.ThrowIfNegative(count, "samples");
        frame.SizeValues[0] = count;
        for (int i = 0; i < definition.Inputs.Length; i++)
        {
            InputInfo input = definition.Inputs[i];
            int length = i switch { 0 => this.Input0.Length, 1 => this.Input1.Length, 2 => this.Input2.Length, _ => this.Input3.Length };
            nint time = 1;
            if (input.Time > 0)
            {
                time = frame.SizeValues[input.Time];
                time = time == 0 && count > 0 ? length / ((nint)count * input.Size) : time;
                frame.SizeValues[input.Time] = time;
            }

            Check(definition, input.Name, "input", length, input.Size * time, count);
        }

        return count;
    }

    /// <summary>Checks the spans of the outputs against what the program will write.</summary>
    /// <exception cref="ArgumentException">A span is too short or too long.</exception>
    internal readonly void CheckOutputs(NetworkDefinition definition, InferenceProgram program, in Frame frame)
    {
        nint count = frame.SizeValues[0];
        for (int i = 0; i < definition.Outputs.Length; i++)
        {
            int length = i switch { 0 => this.Output0.Length, 1 => this.Output1.Length, 2 => this.Output2.Length, _ => this.Output3.Length };
            Check(definition, definition.Outputs[i].Name, "output", length, count == 0 ? 0 : program.OutputLength(i, in frame) / count, count);
        }
    }

    private static void Check(NetworkDefinition definition, string name, string kind, int length, nint size, nint count)
    {
        if (count * size != length)
        {
            Throw(definition, name, kind, length, size, count);
        }
    }

    private static void Throw(NetworkDefinition definition, string name, string kind, int length, nint size, nint count) =>
        throw new ArgumentException(
            $"{definition.Name}: the {kind} '{name}' takes {size} elements a sample, so {count * size} for {count} samples; the span has {length}.", name);
}
