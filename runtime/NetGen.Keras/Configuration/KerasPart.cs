using NetGen.Generator;

namespace NetGen.Keras;

/// <summary>One of the layers of the tape that a layer of Keras becomes, where that are several.</summary>
/// <param name="Name">What stands behind the layer's name; empty for the part that has the name itself.</param>
/// <param name="Kind">NetGen's layer.</param>
/// <param name="Arguments">Its arguments, without inputs and name.</param>
/// <param name="Inputs">The parts whose outputs it takes; -1 is what the whole takes.</param>
/// <param name="Path">Where its weights are below the layer's in files of Keras 3.</param>
/// <param name="LegacyPath">The same in files of Keras 2.</param>
/// <param name="States">How many states it has, which a call may give.</param>
internal sealed record KerasPart(string Name, string Kind, List<ArgumentSpec> Arguments, IReadOnlyList<int> Inputs, IReadOnlyList<string> Path, IReadOnlyList<string> LegacyPath, int States)
{
    /// <summary>The arguments of each part with what a call gives to the whole: a mask goes to the parts that begin, states part by part.</summary>
    /// <exception cref="NotSupportedException">There are not as many states as the parts have.</exception>
    public static List<List<ArgumentSpec>> Distribute(IReadOnlyList<KerasPart> parts, IReadOnlyList<ArgumentSpec> called)
    {
        List<List<ArgumentSpec>> all = [.. parts.Select(p => new List<ArgumentSpec>(p.Arguments))];
        foreach (ArgumentSpec argument in called)
        {
            if (argument.Name == "InitialState")
            {
                ArgumentValue[] states = argument.Value is ArrayValue several ? [.. several.Items] : [argument.Value];
                int wanted = parts.Sum(p => p.States), from = 0;
                if (states.Length != wanted)
                {
                    throw new NotSupportedException($"It is called with {states.Length} initial states, but its cells have {wanted}.");
                }

                foreach ((int i, KerasPart part) in parts.Index().Where(p => p.Item.States > 0))
                {
                    ArgumentValue[] own = states[from..(from += part.States)];
                    all[i].Add(new("InitialState", own.Length == 1 ? own[0] : new ArrayValue(own.ToEquatableArray())));
                }
            }
            else
            {
                foreach ((int i, _) in parts.Index().Where(p => p.Item.Inputs.Contains(-1)))
                {
                    all[i].Add(argument);
                }
            }
        }

        return all;
    }
}
