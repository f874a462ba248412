namespace NetGen.Generator;

/// <summary>Where the dots of an equation stand.</summary>
internal enum Ellipsis
{
    None,

    /// <summary>In front of the letters of input and output.</summary>
    Left,

    /// <summary>Behind them.</summary>
    Right,
}

/// <summary>The equation of an EinsumDense: a letter for each axis.</summary>
/// <param name="Input">The input's axes, without dots.</param>
/// <param name="Kernel">The kernel's.</param>
/// <param name="Output">The output's, without dots.</param>
/// <param name="Ellipsis">Where input and output have further axes.</param>
internal sealed record EinsumEquation(string Input, string Kernel, string Output, Ellipsis Ellipsis)
{
    private const string Dots = "...";

    /// <summary>Reads the argument Equation.</summary>
    public static EinsumEquation Read(LayerContext context)
    {
        string text = context.Text("Equation") ?? throw context.Fail("NG0019", null, $"{context.Place} needs its argument Equation.");
        int comma = text.IndexOf(','), arrow = text.IndexOf("->", StringComparison.Ordinal);
        if (comma < 0 || arrow < comma)
        {
            throw Refuse("it must name the axes of input, kernel and output, as \"ab,bc->ac\" does");
        }

        (string input, Ellipsis ofInput) = Split(text.Substring(0, comma));
        (string kernel, Ellipsis ofKernel) = Split(text.Substring(comma + 1, arrow - comma - 1));
        (string output, Ellipsis ofOutput) = Split(text.Substring(arrow + 2));
        foreach ((string part, string letters) in new[] { ("input", input), ("kernel", kernel), ("output", output) })
        {
            char wrong = letters.FirstOrDefault(c => c is not ((>= 'a' and <= 'z') or (>= 'A' and <= 'Z')));
            if (letters.Length == 0 || wrong != '\0')
            {
                throw Refuse(letters.Length == 0 ? $"its {part} has no axes" : $"'{wrong}' names no axis of the {part}: letters do, and dots in front of them or behind stand for further axes");
            }

            if (letters.GroupBy(c => c).FirstOrDefault(g => g.Count() > 1) is { } twice)
            {
                throw Refuse($"'{twice.Key}' stands twice for axes of the {part}");
            }
        }

        if (ofKernel != Ellipsis.None || ofInput != ofOutput)
        {
            throw Refuse("dots must stand in input and output, at the same side of the letters, and not in the kernel");
        }

        if (output.FirstOrDefault(c => !input.Contains(c) && !kernel.Contains(c)) is not '\0' and var unknown)
        {
            throw Refuse($"the axis '{unknown}' of the output is in neither input nor kernel");
        }

        if (kernel.FirstOrDefault(c => !input.Contains(c) && !output.Contains(c)) is not '\0' and var lone)
        {
            throw Refuse($"the axis '{lone}' of the kernel is in neither input nor output, so its size is unknown");
        }

        return ofInput == Ellipsis.Left || input[0] == output[0] ? new EinsumEquation(input, kernel, output, ofInput)
            : throw Refuse($"the batch, axis '{input[0]}' of the input, must come first in the output too");

        ProblemException Refuse(string why) => context.Fail("NG0012", "Equation", $"Equation \"{text}\" of {context.Place} is none: {why}.");
    }

    private static (string Letters, Ellipsis Ellipsis) Split(string part)
    {
        part = part.Trim();
        return part.StartsWith(Dots, StringComparison.Ordinal) ? (part.Substring(Dots.Length), Ellipsis.Left)
            : part.EndsWith(Dots, StringComparison.Ordinal) ? (part.Substring(0, part.Length - Dots.Length), Ellipsis.Right)
            : (part, Ellipsis.None);
    }
}
