namespace NetGen;

/// <summary>Writes sequences on a stream: what is the same for every way of choosing tokens.</summary>
internal abstract class Decoder
{
    private readonly string network;
    private readonly InferenceStream stream;
    private readonly float[] tokens;
    private readonly float[][] outputs;
    private readonly int output;
    private readonly bool isProbability;

    /// <param name="network">The network's name.</param>
    /// <param name="stream">Has a row for each hypothesis.</param>
    /// <param name="definition">The network.</param>
    /// <param name="output">Which output says what comes next.</param>
    /// <param name="options">Checked already.</param>
    protected Decoder(string network, InferenceStream stream, NetworkDefinition definition, int output, DecodeOptions options)
    {
        this.network = network;
        this.stream = stream;
        this.output = output;
        this.Options = options;
        this.isProbability = definition.Outputs[output].Final == FinalActivation.Softmax;
        this.Vocabulary = definition.Outputs[output].Size;
        this.tokens = new float[stream.Samples];
        this.outputs = Array.ConvertAll(definition.Outputs, o => new float[stream.Samples * o.Size]);
    }

    protected DecodeOptions Options { get; }

    protected int Vocabulary { get; }

    protected InferenceStream Stream => this.stream;

    /// <summary>Writes one sequence a sample.</summary>
    /// <param name="target">Room for as many tokens for each sample; what a sequence does not need is padded.</param>
    /// <param name="counts">Is given how many tokens each sequence has.</param>
    public void Run(Span<int> target, Span<int> counts)
    {
        int most = target.Length / counts.Length;
        this.Take(this.Options.Start);
        foreach (int token in this.Options.Prompt.Span)
        {
            this.Take(token);
        }

        target.Fill(this.Options.Padding);
        this.Write(target, counts, most);
    }

    /// <summary>Writes from what the stream gives for the start.</summary>
    protected abstract void Write(Span<int> target, Span<int> counts, int most);

    /// <summary>The log probabilities of what comes next in a row, not normalized where they need not be.</summary>
    protected void ReadScores(int row, Span<float> scores)
    {
        ReadOnlySpan<float> given = this.outputs[this.output].AsSpan(row * this.Vocabulary, this.Vocabulary);
        float most = float.NegativeInfinity;
        double sum = 0;
        for (int i = 0; i < scores.Length; i++)
        {
            if (float.IsNaN(given[i]))
            {
                throw this.NotANumber(i);
            }

            scores[i] = this.isProbability ? MathF.Log(given[i]) : given[i];
            most = Math.Max(most, scores[i]);
        }

        if (this.isProbability)
        {
            return;
        }

        foreach (float score in scores)
        {
            sum += Math.Exp(score - most);
        }

        float total = most + (float)Math.Log(sum);
        for (int i = 0; i < scores.Length; i++)
        {
            scores[i] -= total;
        }
    }

    /// <summary>The likeliest of what comes next in a row; the first of equal ones.</summary>
    protected int Likeliest(int row)
    {
        ReadOnlySpan<float> given = this.outputs[this.output].AsSpan(row * this.Vocabulary, this.Vocabulary);
        int best = 0;
        for (int i = 0; i < given.Length; i++)
        {
            if (float.IsNaN(given[i]))
            {
                throw this.NotANumber(i);
            }

            best = given[i] > given[best] ? i : best;
        }

        return best;
    }

    /// <summary>Gives each row its token as the next step.</summary>
    protected void Take(ReadOnlySpan<int> next)
    {
        for (int i = 0; i < next.Length; i++)
        {
            this.tokens[i] = next[i];
        }

        this.Step();
    }

    private void Take(int token)
    {
        Array.Fill(this.tokens, token);
        this.Step();
    }

    private InvalidOperationException NotANumber(int token) =>
        new($"{this.network}: the output for token {token} is not a number; the weights are damaged, or training has diverged.");

    private void Step() => this.stream.Step(new PredictCall
    {
        Input0 = this.tokens,
        Output0 = this.outputs[0],
        Output1 = this.outputs.Length > 1 ? this.outputs[1] : default,
        Output2 = this.outputs.Length > 2 ? this.outputs[2] : default,
        Output3 = this.outputs.Length > 3 ? this.outputs[3] : default,
    });
}
