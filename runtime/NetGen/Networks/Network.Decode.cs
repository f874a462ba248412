using System.ComponentModel;

namespace NetGen;

/// <content>Decoding.</content>
public abstract partial class Network
{
    /// <summary>Writes a sequence for each sample, as the generated <c>Decode</c> does.</summary>
    /// <param name="call">The other inputs; its samples are counted by <paramref name="counts"/>.</param>
    /// <param name="output">Which output says what comes next.</param>
    /// <param name="target">Room for as many tokens for each sample.</param>
    /// <param name="counts">Is given how many tokens each sequence has.</param>
    /// <param name="options">How.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected void DecodeSamples(scoped in PredictCall call, int output, Span<int> target, Span<int> counts, DecodeOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        NetworkDefinition definition = this.Definition;
        options.Check(definition.Name, definition.Outputs[output].Size);
        if (counts.IsEmpty)
        {
            throw new ArgumentException($"{definition.Name}: there is no sample; 'counts' has room for one number a sample.", nameof(counts));
        }

        if (target.Length == 0 || target.Length % counts.Length != 0)
        {
            throw new ArgumentException($"{definition.Name}: the target has {target.Length} elements for {counts.Length} samples; as many, and one or more, are expected for each.", nameof(target));
        }

        // The start and the prompt are steps; the last token that is written is none.
        long steps = (long)options.Prompt.Length + (target.Length / counts.Length);
        int most = this.StreamPrograms!.Step.MostCalls;
        if (steps > most)
        {
            throw new ArgumentException($"{definition.Name}: a target of {target.Length / counts.Length} tokens behind a prompt of {options.Prompt.Length} takes {steps} steps; the network has positions for {most}.", nameof(target));
        }

        int width = options.BeamWidth;
        using InferenceStream stream = this.OpenStream(counts.Length, in call, width, (int)steps);
        Decoder decoder = width == 1
            ? new StepDecoder(definition.Name, stream, definition, output, options)
            : new BeamDecoder(definition.Name, stream, definition, output, options);
        decoder.Run(target, counts);
    }
}
