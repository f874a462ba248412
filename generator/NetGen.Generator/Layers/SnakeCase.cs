using System.Text;

namespace NetGen.Generator;

/// <summary>Keras's way from a class name to a default layer name: <c>LayerNormalization</c> to <c>layer_normalization</c>, <c>Conv2D</c> to <c>conv2d</c>.</summary>
internal static class SnakeCase
{
    public static string From(string name)
    {
        StringBuilder text = new();
        for (int i = 0; i < name.Length; i++)
        {
            bool upper = char.IsUpper(name[i]);
            bool afterLower = i > 0 && char.IsLower(name[i - 1]);
            bool beforeLower = i > 0 && char.IsUpper(name[i - 1]) && i + 1 < name.Length && char.IsLower(name[i + 1]);
            if (upper && (afterLower || beforeLower))
            {
                text.Append('_');
            }

            text.Append(char.ToLowerInvariant(name[i]));
        }

        return text.ToString();
    }
}
