using System.ComponentModel;

namespace NetGen;

/// <summary>The inputs and outputs of one inference, as emitted code gathers them.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public ref struct PredictCall
{
    /// <summary>The most inputs, and the most outputs, that a call has spans for.</summary>
    internal const int Most = 4;

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

    /// <summary>For each sample how many steps of the first time count.</summary>
    public ReadOnlySpan<int> Lengths0;

    /// <summary>The lengths along the second time.</summary>
    public ReadOnlySpan<int> Lengths1;

    /// <summary>The lengths along the third time.</summary>
    public ReadOnlySpan<int> Lengths2;

    /// <summary>The lengths along the fourth time.</summary>
    public ReadOnlySpan<int> Lengths3;

    /// <summary>The lengths as the program reads them, where a trainer has them of a data set and has checked them.</summary>
    internal ReadOnlySpan<float> AllLengths;

    /// <summary>Where the masks of all outputs that have one go, one behind the other; empty where nobody asks for them.</summary>
    internal Span<float> Masks;

    /// <summary>Where goes what each sample adds to the loss, if the program tells it; empty where nobody asks for it.</summary>
    internal Span<float> Penalties;

    /// <summary>What layers with <c>Stateful</c> take over from the call before, and leave for the next; null where they begin at zeros.</summary>
    internal NativeBuffer? Carried;

    /// <summary>Whether lengths are given; otherwise every step counts.</summary>
    public bool HasLengths;

    /// <summary>The number of samples of a network with a time, whose spans alone do not tell it; 0 otherwise.</summary>
    public int Samples;

    /// <summary>Sets a frame's sizes: the number of samples, on which every span must agree, and the times.</summary>
    /// <exception cref="ArgumentException">A span's length is no whole number of samples, or not the same number as the others'.</exception>
    /// <param name="definition">The network.</param>
    /// <param name="frame">Is given the sizes.</param>
    /// <param name="without">Inputs, by their indices, that are not given.</param>
    internal readonly int SetSizes(NetworkDefinition definition, ref Frame frame, ReadOnlySpan<int> without = default)
    {
        InputInfo first = definition.Inputs[0];
        int count = first.Time == 0 && this.Samples == 0 ? this.Input0.Length / first.Size : this.Samples;
        ArgumentOutOfRangeException.ThrowIfNegative(count, "samples");
        frame.SizeValues[0] = count;
        for (int i = 0; i < definition.Inputs.Length; i++)
        {
            if (without.Contains(i))
            {
                continue;
            }

            InputInfo input = definition.Inputs[i];
            int length = this.InputLength(i);
            nint time = 1;
            if (input.Time > 0)
            {
                time = frame.SizeValues[input.Time];
                time = time == 0 && count > 0 ? length / ((nint)count * input.Size) : time;
                frame.SizeValues[input.Time] = time;
            }

            Check(definition, input.Name, "input", length, input.Size * time, count);
            if (count > 0 && input.Time > 0)
            {
                input.CheckTime(definition.Name, time, input.Name);
            }
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
            int length = this.OutputLength(i);
            Check(definition, definition.Outputs[i].Name, "output", length, count == 0 ? 0 : program.OutputLength(i, in frame) / count, count);
        }
    }

    /// <summary>Writes the lengths as the program reads them: those of all samples for each time.</summary>
    /// <param name="definition">The network.</param>
    /// <param name="frame">Has the sizes.</param>
    /// <param name="destination">As many floats as samples for each time.</param>
    /// <exception cref="ArgumentException">There is not one length a sample, or one is negative or more than the time.</exception>
    internal readonly void WriteLengths(NetworkDefinition definition, in Frame frame, Span<float> destination)
    {
        if (!this.AllLengths.IsEmpty)
        {
            this.AllLengths.CopyTo(destination);
            return;
        }

        int count = (int)frame.SizeValues[0];
        for (int time = 1; time <= definition.Times; time++)
        {
            nint steps = frame.SizeValues[time];
            Span<float> own = destination.Slice((time - 1) * count, count);
            ReadOnlySpan<int> given = time switch { 1 => this.Lengths0, 2 => this.Lengths1, 3 => this.Lengths2, _ => this.Lengths3 };
            (string input, bool isRead) = definition.TimesRead[time - 1];
            if (!this.HasLengths || (given.IsEmpty && (!isRead || steps == 0)))
            {
                // Every step counts; no output depends on which; or the time comes step by step and has none yet.
                own.Fill(steps);
                continue;
            }

            if (given.Length != count)
            {
                throw new ArgumentException($"{definition.Name}: there are {given.Length} lengths for the input '{input}' and {count} samples; one length a sample is expected.", "lengths");
            }

            for (int i = 0; i < given.Length; i++)
            {
                own[i] = given[i] >= 0 && given[i] <= steps ? given[i]
                    : throw new ArgumentException($"{definition.Name}: the length of sample {i} of the input '{input}' is {given[i]}; it must be between 0 and its time, {steps}.", "lengths");
            }
        }
    }

    /// <summary>An input's span.</summary>
    internal readonly ReadOnlySpan<float> Input(int input) => input switch { 0 => this.Input0, 1 => this.Input1, 2 => this.Input2, _ => this.Input3 };

    /// <summary>Elements of an input's span.</summary>
    internal readonly int InputLength(int input) => this.Input(input).Length;

    /// <summary>Elements of an output's span.</summary>
    internal readonly int OutputLength(int output) => output switch { 0 => this.Output0.Length, 1 => this.Output1.Length, 2 => this.Output2.Length, _ => this.Output3.Length };

    /// <summary>Checks a span against the elements that so many samples have.</summary>
    /// <exception cref="ArgumentException">It is too short or too long.</exception>
    internal static void Check(NetworkDefinition definition, string name, string kind, int length, nint size, nint count)
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
