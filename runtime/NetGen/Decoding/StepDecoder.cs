namespace NetGen;

/// <summary>One hypothesis a sample: the likeliest token at each step, or one that is drawn.</summary>
internal sealed class StepDecoder(string network, InferenceStream stream, NetworkDefinition definition, int output, DecodeOptions options)
    : Decoder(network, stream, definition, output, options)
{
    private readonly int[] next = new int[stream.Samples];
    private readonly float[] scores = new float[definition.Outputs[output].Size];
    private readonly int[] order = new int[definition.Outputs[output].Size];

    /// <inheritdoc/>
    protected override void Write(Span<int> target, Span<int> counts, int most)
    {
        counts.Fill(-1);
        int open = counts.Length;
        for (int step = 0; step < most; step++)
        {
            for (int row = 0; row < counts.Length; row++)
            {
                if (counts[row] >= 0)
                {
                    continue;
                }

                int token = this.Options.Temperature == 0 ? this.Likeliest(row) : this.Draw(row, step);
                this.next[row] = token;
                if (token == this.Options.End)
                {
                    counts[row] = step;
                    open--;
                }
                else
                {
                    target[(row * most) + step] = token;
                }
            }

            if (open == 0)
            {
                return;
            }

            // The last token needs no step behind it.
            if (step + 1 < most)
            {
                this.Take(this.next);
            }
        }

        foreach (ref int count in counts)
        {
            count = count < 0 ? most : count;
        }
    }

    /// <summary>Draws a token from the likeliest ones, with probabilities in proportion to p^(1 / temperature).</summary>
    private int Draw(int row, int step)
    {
        this.ReadScores(row, this.scores);
        for (int i = 0; i < this.order.Length; i++)
        {
            this.order[i] = i;
        }

        int kept = this.Options.TopK == 0 ? this.order.Length : Math.Min(this.Options.TopK, this.order.Length);
        if (kept < this.order.Length)
        {
            // Of equal ones the first are kept.
            Array.Sort(this.order, (a, b) => this.scores[a] != this.scores[b] ? this.scores[b].CompareTo(this.scores[a]) : a.CompareTo(b));
        }

        float top = float.NegativeInfinity;
        for (int i = 0; i < kept; i++)
        {
            top = Math.Max(top, this.scores[this.order[i]]);
        }

        double sum = 0;
        for (int i = 0; i < kept; i++)
        {
            sum += this.Weight(i, top);
        }

        double left = Philox.Uniform(this.Options.Seed, 0, (uint)step, row) * sum;
        int last = 0;
        for (int i = 0; i < kept; i++)
        {
            double weight = this.Weight(i, top);
            left -= weight;
            last = weight > 0 ? i : last;
            if (left < 0)
            {
                break;
            }
        }

        return this.order[last];
    }

    private double Weight(int index, float top) => Math.Exp((this.scores[this.order[index]] - top) / this.Options.Temperature);
}
